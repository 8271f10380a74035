-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page text NOT NULL);
ALTER TABLE visits ALTER COLUMN page DROP NOT NULL;
