-- case
-- an identifier drawn for every row
ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- case
-- a random number
ALTER TABLE "users" ADD COLUMN IF NOT EXISTS luck double precision NOT NULL DEFAULT random();

-- case
-- hidden inside an expression
ALTER TABLE users ADD COLUMN label text DEFAULT 'u-' || md5(random()::text);

-- case
-- the clock itself, among other parts
ALTER TABLE users ADD COLUMN nick text, ADD COLUMN imported_at timestamptz DEFAULT clock_timestamp();

-- case
-- a function nobody has declared
ALTER TABLE users ADD COLUMN code integer DEFAULT next_code();
