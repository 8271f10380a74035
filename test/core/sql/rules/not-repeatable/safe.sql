-- case
SET lock_timeout = '200ms';
ALTER TABLE users ADD COLUMN IF NOT EXISTS nick text;
CREATE TABLE IF NOT EXISTS visits (id bigint PRIMARY KEY);
DROP INDEX CONCURRENTLY IF EXISTS two_idx;
CREATE INDEX CONCURRENTLY two_idx ON users (name);
ALTER TABLE users DROP CONSTRAINT IF EXISTS one;
ALTER TABLE users ADD CONSTRAINT one CHECK (score > 0) NOT VALID;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
CREATE TABLE visits (id bigint PRIMARY KEY);
COMMIT;

-- case
-- a single statement is done or not done
ALTER TABLE users ADD COLUMN nick text;
