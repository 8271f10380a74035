-- case
DO $$ BEGIN ALTER TABLE users ADD COLUMN nick text; END $$;
