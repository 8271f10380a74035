-- case
-- proved by a validated constraint
ALTER TABLE users ADD CONSTRAINT email_there CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT email_there;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT email_there;

-- case
-- two at once
ALTER TABLE users ADD CONSTRAINT both_there CHECK (email IS NOT NULL AND name IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT both_there;
ALTER TABLE users ALTER COLUMN name SET NOT NULL, ALTER COLUMN email SET NOT NULL;

-- case
-- server: 18
-- a NOT NULL constraint that was validated
ALTER TABLE users ADD CONSTRAINT email_there NOT NULL email NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT email_there;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case
-- a table of this file
CREATE TABLE visits (id bigint PRIMARY KEY, page text);
ALTER TABLE visits ALTER COLUMN page SET NOT NULL;
