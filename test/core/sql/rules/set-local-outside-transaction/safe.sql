-- case
BEGIN;
SET LOCAL lock_timeout = '200ms';
ALTER TABLE users ADD COLUMN nick text;
COMMIT;

-- case
-- wrapped
SET LOCAL lock_timeout = '200ms';

-- case
SET lock_timeout = '200ms';
