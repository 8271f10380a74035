-- case
ALTER TABLE users ADD COLUMN price money;
