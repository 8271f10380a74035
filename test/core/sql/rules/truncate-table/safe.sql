-- case
CREATE TABLE visits (id bigint PRIMARY KEY);
TRUNCATE visits;

-- case
DELETE FROM orders WHERE id BETWEEN 1 AND 5000;
