-- case
-- server: 18
ALTER TABLE users ADD CONSTRAINT email_there NOT NULL email NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT email_there;
