-- case
VACUUM users;

-- case
VACUUM (FULL false, ANALYZE) users;

-- case
ANALYZE users;
