-- case
SET statement_timeout = '5s';
ALTER TABLE users ADD COLUMN nick text;

-- case
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);
