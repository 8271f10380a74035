-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page varchar(255));

-- case
ALTER TABLE users ADD COLUMN nick character varying(20);

-- case
ALTER TABLE users ALTER COLUMN name TYPE varchar(100);
