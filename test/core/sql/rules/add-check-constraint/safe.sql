-- case
-- checked later
ALTER TABLE users ADD CONSTRAINT users_score_check CHECK (score >= 0) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_score_check;

-- case
-- server: 18
-- never checked
ALTER TABLE users ADD CONSTRAINT users_score_check CHECK (score >= 0) NOT ENFORCED;

-- case
-- a table of this file
CREATE TABLE visits (id bigint PRIMARY KEY, pages integer CHECK (pages > 0));
ALTER TABLE visits ADD CHECK (id > 0);
