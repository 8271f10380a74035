-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
ALTER TABLE orders ADD COLUMN memo text;
COMMIT;

-- case
-- wrapped
ALTER TABLE users ADD COLUMN nick text;
DROP TABLE measurements_2025;
