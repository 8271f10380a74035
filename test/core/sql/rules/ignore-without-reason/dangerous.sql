-- case
-- sluice-ignore drop-column
ALTER TABLE users DROP COLUMN name;

-- case
-- sluice-ignore
ALTER TABLE users DROP COLUMN name;

-- case
ALTER TABLE users DROP COLUMN name; -- sluice-ignore drop-column:
