-- case
ALTER TABLE users ADD COLUMN nick text;

-- case
SET lock_timeout = 0;
ALTER TABLE users ADD COLUMN nick text;

-- case
-- its transaction is over
BEGIN;
SET LOCAL lock_timeout = '200ms';
COMMIT;
ALTER TABLE users ADD COLUMN nick text;

-- case
CREATE POLICY own ON users USING (true);

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
