-- case
-- named
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);

-- case
-- unnamed, two columns
ALTER TABLE users ADD UNIQUE (email, name);

-- case
-- with a new column
ALTER TABLE users ADD COLUMN nick text UNIQUE;
