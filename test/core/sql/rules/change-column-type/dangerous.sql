-- case
-- to another width
ALTER TABLE users ALTER COLUMN age TYPE bigint;

-- case
-- with a conversion
ALTER TABLE users ALTER COLUMN score SET DATA TYPE text USING score::text;

-- case
-- json cannot be compared
ALTER TABLE orders ALTER COLUMN note TYPE jsonb USING note::jsonb;

-- case
-- added before, by this file, to an old table
ALTER TABLE users ADD COLUMN points integer;
ALTER TABLE users ALTER COLUMN points TYPE bigint;

-- case
-- narrower than before
ALTER TABLE users ADD COLUMN nick varchar(40);
ALTER TABLE users ALTER COLUMN nick TYPE varchar(20);
