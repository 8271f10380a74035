-- case
TRUNCATE orders;
