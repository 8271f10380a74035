-- case
ALTER TYPE address ADD ATTRIBUTE zip text;

-- case
ALTER TYPE address DROP ATTRIBUTE city;

-- case
ALTER TYPE address ALTER ATTRIBUTE city TYPE varchar(80);
