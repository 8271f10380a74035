-- case
UPDATE users SET status = 'old';

-- case
DELETE FROM orders WHERE note IS NULL;

-- case
WITH gone AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM gone;

-- case
DO $$ BEGIN UPDATE users SET status = 'old'; END $$;

-- case
MERGE INTO users USING orders ON users.id = orders.user_id WHEN MATCHED THEN UPDATE SET status = 'old';

-- case
MERGE INTO orders USING users ON users.id = orders.user_id WHEN MATCHED THEN DELETE;
