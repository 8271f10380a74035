-- case
CREATE TABLE visits (id bigint PRIMARY KEY, country char(2));

-- case
ALTER TABLE users ADD COLUMN country character(2);

-- case
ALTER TABLE users ADD COLUMN flag char;
