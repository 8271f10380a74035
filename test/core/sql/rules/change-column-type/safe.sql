-- case
-- known to be varchar, and to be stored like text
ALTER TABLE users ADD COLUMN nick varchar(20);
ALTER TABLE users ALTER COLUMN nick TYPE text;

-- case
-- wider
ALTER TABLE users ADD COLUMN nick varchar(20);
ALTER TABLE users ALTER COLUMN nick TYPE varchar(40);
ALTER TABLE users ADD COLUMN price numeric(8, 2);
ALTER TABLE users ALTER COLUMN price TYPE numeric(12, 2);

-- case
-- a new column beside the old one
ALTER TABLE users ADD COLUMN age_new bigint;

-- case
-- a table of this file
CREATE TABLE visits (id bigint PRIMARY KEY, pages integer);
ALTER TABLE visits ALTER COLUMN pages TYPE bigint;
