-- case
UPDATE users SET status = 'old';

-- case
DELETE FROM orders WHERE note IS NULL;

-- case
WITH gone AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM gone;

-- case
DO $$ BEGIN UPDATE users SET status = 'old'; END $$;
