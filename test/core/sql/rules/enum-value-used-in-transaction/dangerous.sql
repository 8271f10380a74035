-- case
BEGIN;
ALTER TYPE order_status ADD VALUE 'void';
UPDATE orders SET status = 'void' WHERE id = 1;
COMMIT;

-- case
-- wrapped
ALTER TYPE order_status ADD VALUE 'void' AFTER 'open';
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'void';
