-- case
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits SET SCHEMA archive;
