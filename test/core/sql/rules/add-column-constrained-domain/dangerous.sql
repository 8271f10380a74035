-- case
-- a domain with a condition
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
ALTER TABLE users ADD COLUMN progress percent;

-- case
-- which got its condition later
CREATE DOMAIN percent AS integer;
ALTER DOMAIN percent ADD CONSTRAINT in_range CHECK (VALUE <= 100);
ALTER TABLE users ADD COLUMN progress percent;
