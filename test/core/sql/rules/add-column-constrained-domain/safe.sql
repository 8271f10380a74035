-- case
-- a domain without conditions
CREATE DOMAIN percent AS integer;
ALTER TABLE users ADD COLUMN progress percent;

-- case
-- the base type, the condition apart
ALTER TABLE users ADD COLUMN progress integer;
ALTER TABLE users ADD CONSTRAINT users_progress CHECK (progress <= 100) NOT VALID;
