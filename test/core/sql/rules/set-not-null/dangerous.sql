-- case
-- reads every row
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case
-- proved, but not yet validated
ALTER TABLE users ADD CONSTRAINT email_there CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case
-- validated for another column
ALTER TABLE users ADD CONSTRAINT name_there CHECK (name IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT name_there;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case
-- one of two is enough for OR, which proves nothing
ALTER TABLE users ADD CONSTRAINT contact CHECK (email IS NOT NULL OR name IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT contact;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
