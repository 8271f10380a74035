-- case
SET lock_timeout = '200ms';
ALTER TABLE users ADD COLUMN nick text;

-- case
CREATE INDEX CONCURRENTLY IF NOT EXISTS one_idx ON users (name);
DROP TABLE measurements_2025;

-- case
CREATE TABLE IF NOT EXISTS one (id bigint PRIMARY KEY);
CREATE INDEX CONCURRENTLY two_idx ON users (name);

-- case
SET lock_timeout = '200ms';
ALTER TABLE users ADD CONSTRAINT one CHECK (score > 0) NOT VALID;
