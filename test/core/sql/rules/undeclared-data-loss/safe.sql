-- case
-- sluice:irreversible: the names were moved to profiles
ALTER TABLE users DROP COLUMN name;

-- case
ALTER TABLE users ADD COLUMN nick text;
-- sluice:down
ALTER TABLE users DROP COLUMN nick;
