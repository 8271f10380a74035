-- case
DROP DATABASE shop;

-- case
DROP DATABASE IF EXISTS shop;
