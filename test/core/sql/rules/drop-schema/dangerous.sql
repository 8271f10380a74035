-- case
DROP SCHEMA archive;

-- case
DROP SCHEMA IF EXISTS archive CASCADE;
