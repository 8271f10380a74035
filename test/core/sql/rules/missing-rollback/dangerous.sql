-- case
ALTER TABLE users ADD COLUMN nick text;

-- case
ALTER TABLE users ADD COLUMN nick text;
-- sluice:down

-- case
-- sluice:irreversible
ALTER TABLE users DROP COLUMN name;
