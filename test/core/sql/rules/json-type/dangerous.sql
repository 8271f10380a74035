-- case
ALTER TABLE users ADD COLUMN settings json;

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, data json NOT NULL);
