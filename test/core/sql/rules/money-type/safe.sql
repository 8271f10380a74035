-- case
ALTER TABLE users ADD COLUMN price numeric(19, 4);
