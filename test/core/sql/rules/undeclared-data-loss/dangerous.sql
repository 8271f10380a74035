-- case
ALTER TABLE users DROP COLUMN name;
-- sluice:down
ALTER TABLE users ADD COLUMN name text;

-- case
DROP TABLE measurements_2025;

-- case
TRUNCATE orders;

-- case
DELETE FROM orders WHERE id BETWEEN 1 AND 5000;

-- case
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY);
DROP TABLE orders;

-- case
MERGE INTO orders USING users ON users.id = orders.user_id WHEN MATCHED THEN DELETE;
