-- case
-- names that the server chooses
BEGIN;
ALTER TABLE users ADD CHECK (score >= 0) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_score_check;
COMMIT;

-- case
BEGIN;
ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams (id) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_team_id_fkey;
COMMIT;

-- case
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_score_check CHECK (score >= 0) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_score_check;
COMMIT;

-- case
-- a foreign key
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team_id) REFERENCES teams (id) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_team_fkey;
COMMIT;

-- case
-- a DO block is one transaction
DO $$
BEGIN
  ALTER TABLE users ADD CONSTRAINT users_score_check CHECK (score >= 0) NOT VALID;
  ALTER TABLE users VALIDATE CONSTRAINT users_score_check;
END
$$;
