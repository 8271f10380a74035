-- case
CREATE TABLE visits (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX visits_user_idx ON visits (user_id, id);

-- case
ALTER TABLE orders ADD COLUMN team_id bigint REFERENCES teams (id);
CREATE INDEX CONCURRENTLY orders_team_idx ON orders (team_id);

-- case
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users (id));

-- case
-- may have an index from before
ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team_id) REFERENCES teams (id) NOT VALID;
