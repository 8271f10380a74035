-- case
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page text);
CREATE UNIQUE INDEX ON visits (page);
