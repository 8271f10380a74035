-- case
-- named
ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team_id) REFERENCES teams (id);

-- case
-- unnamed
ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE;

-- case
-- with a column whose rows are filled
ALTER TABLE users ADD COLUMN home_team bigint DEFAULT 1 REFERENCES teams (id);

-- case
-- with a new column: two tables in one transaction
ALTER TABLE users ADD COLUMN home_team bigint REFERENCES teams (id);

-- case
-- a new column, the key apart
ALTER TABLE users ADD COLUMN home_team bigint;
ALTER TABLE users ADD CONSTRAINT home_fkey FOREIGN KEY (home_team) REFERENCES teams (id);
