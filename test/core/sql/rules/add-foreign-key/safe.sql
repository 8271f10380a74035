-- case
-- checked later
ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team_id) REFERENCES teams (id) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_team_fkey;

-- case
-- a new table has no rows
CREATE TABLE visits (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX ON visits (user_id);
