-- case
-- sluice-ignore drop-table: not needed
ALTER TABLE users DROP COLUMN name;

-- case
-- sluice-ignore drop-columns: a rule that does not exist
ALTER TABLE users DROP COLUMN name;

-- case
-- sluice-ignore drop-column: the first one only
ALTER TABLE users ADD COLUMN nick text;
ALTER TABLE users DROP COLUMN name;
