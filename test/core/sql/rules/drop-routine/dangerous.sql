-- case
DROP FUNCTION next_code();

-- case
DROP FUNCTION IF EXISTS next_code;
