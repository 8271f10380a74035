-- case
ALTER TABLE users ADD CONSTRAINT users_email_not_null CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_email_not_null;

-- case
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_score_check;
ALTER TABLE users ADD CONSTRAINT users_score_check CHECK (score >= 0) NOT VALID;
