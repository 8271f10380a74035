-- case
-- a constant is kept in the catalog
ALTER TABLE users ADD COLUMN points integer NOT NULL DEFAULT 0;

-- case
-- one time for the whole statement
ALTER TABLE users ADD COLUMN imported_at timestamptz DEFAULT now();

-- case
-- steady functions of steady functions
ALTER TABLE users ADD COLUMN month date DEFAULT date_trunc('month', CURRENT_TIMESTAMP)::date;

-- case
-- first the column, then the default
ALTER TABLE users ADD COLUMN token uuid;
ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();

-- case
-- a table of this file
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- case
-- declared steady in the same file
CREATE FUNCTION fixed_code() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 7';
ALTER TABLE users ADD COLUMN code integer DEFAULT fixed_code();
