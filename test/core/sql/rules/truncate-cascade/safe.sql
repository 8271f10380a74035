-- case
TRUNCATE orders;

-- case
CREATE TABLE visits (id bigint PRIMARY KEY);
TRUNCATE visits CASCADE;
