-- case
DROP INDEX CONCURRENTLY IF EXISTS users_email_idx;

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page text);
CREATE INDEX visits_page_idx ON visits (page);
DROP INDEX visits_page_idx;
