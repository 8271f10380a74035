-- case
VACUUM FULL users;

-- case
VACUUM (FULL, ANALYZE) users, orders;

-- case
VACUUM FULL;
