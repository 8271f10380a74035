-- case
SET lock_timeout = '200ms';
ALTER TABLE users ADD COLUMN nick text;

-- case
BEGIN;
SET LOCAL lock_timeout TO '1s';
ALTER TABLE users ADD COLUMN nick text;
COMMIT;

-- case
SELECT pg_catalog.set_config('lock_timeout', '200ms', false);
ALTER TABLE users ADD COLUMN nick text;

-- case
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits ADD COLUMN page text;

-- case
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page text);
CREATE INDEX visits_page_idx ON visits (page);
DROP INDEX visits_page_idx;
CREATE VIEW fresh AS SELECT 1 AS one;
DROP VIEW fresh;
