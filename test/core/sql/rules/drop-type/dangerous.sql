-- case
DROP TYPE address;

-- case
DROP DOMAIN IF EXISTS positive CASCADE;
