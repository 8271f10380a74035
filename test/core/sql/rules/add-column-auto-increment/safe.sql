-- case
-- a sequence beside the column
CREATE SEQUENCE IF NOT EXISTS users_number_seq;
ALTER TABLE users ADD COLUMN number bigint;
ALTER TABLE users ALTER COLUMN number SET DEFAULT nextval('users_number_seq');

-- case
-- a new table
CREATE TABLE visits (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
