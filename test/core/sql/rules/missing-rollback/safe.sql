-- case
ALTER TABLE users ADD COLUMN nick text;
-- sluice:down
ALTER TABLE users DROP COLUMN nick;

-- case
-- migrate:up
ALTER TABLE users ADD COLUMN nick text;
-- migrate:down
ALTER TABLE users DROP COLUMN nick;

-- case
-- sluice:irreversible: the names were moved to profiles, see its migration
ALTER TABLE users DROP COLUMN name;
