-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
COMMIT;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
ROLLBACK;
