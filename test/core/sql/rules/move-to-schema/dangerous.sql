-- case
ALTER TABLE users SET SCHEMA archive;

-- case
ALTER TYPE address SET SCHEMA archive;
