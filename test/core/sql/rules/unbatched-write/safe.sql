-- case
UPDATE users SET status = 'old' WHERE id BETWEEN 1 AND 5000;

-- case
UPDATE users SET status = 'old' WHERE id >= 1 AND id < 5000 AND status = 'new';

-- case
DELETE FROM orders WHERE ctid = ANY (ARRAY(SELECT ctid FROM orders WHERE note IS NULL LIMIT 5000));

-- case
UPDATE teams SET name = 'Core' WHERE id = 1;

-- case
DO $$
BEGIN
  LOOP
    UPDATE users SET status = 'old' WHERE status = 'new';
    EXIT WHEN NOT FOUND;
  END LOOP;
END $$;

-- case
CREATE TABLE visits AS SELECT id, email FROM users;
UPDATE visits SET email = lower(email);

-- case
MERGE INTO users USING (VALUES (1, 'old'), (2, 'new')) AS v (id, status) ON users.id = v.id WHEN MATCHED THEN UPDATE SET status = v.status;

-- case
MERGE INTO orders USING users ON users.id = orders.user_id WHEN NOT MATCHED THEN INSERT (user_id) VALUES (users.id);
