-- case
BEGIN;
BEGIN;
COMMIT;

-- case
-- wrapped
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
COMMIT;

-- case
COMMIT;

-- case
-- wrapped
ALTER TABLE users ADD COLUMN nick text;
COMMIT;

-- case
START TRANSACTION;
COMMIT;
ROLLBACK;
