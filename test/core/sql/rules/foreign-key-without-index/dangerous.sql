-- case
CREATE TABLE visits (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page text, user_id bigint);
ALTER TABLE visits ADD FOREIGN KEY (user_id) REFERENCES users (id);
CREATE INDEX ON visits (page, user_id);

-- case
ALTER TABLE orders ADD COLUMN team_id bigint REFERENCES teams (id);
