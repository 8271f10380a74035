-- case
ALTER TABLE users ADD COLUMN nick text NOT NULL;

-- case
ALTER TABLE users ADD COLUMN tall boolean NULL, ADD COLUMN nick varchar(10) NOT NULL;
