-- case
ALTER TABLE users ADD COLUMN nick text;
ALTER TABLE users DROP COLUMN nick;

-- case
ALTER TABLE users ALTER COLUMN score DROP NOT NULL;

-- case
-- the way back
ALTER TABLE users ADD COLUMN nick text;
-- sluice:down
ALTER TABLE users DROP COLUMN nick;
