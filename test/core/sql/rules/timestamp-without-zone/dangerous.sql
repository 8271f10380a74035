-- case
CREATE TABLE visits (id bigint PRIMARY KEY, at timestamp);

-- case
ALTER TABLE users ADD COLUMN at timestamp(3) without time zone;
