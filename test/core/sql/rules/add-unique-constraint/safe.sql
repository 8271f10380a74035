-- case
-- an index that is there
ALTER TABLE users ADD CONSTRAINT users_email_id_key UNIQUE USING INDEX users_code_unique;

-- case
-- built outside, then taken over
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;

-- case
-- a table of this file
CREATE TABLE visits (id bigint PRIMARY KEY, page text);
ALTER TABLE visits ADD UNIQUE (page);
