-- case
SET LOCAL lock_timeout = '200ms';
ALTER TABLE users ADD COLUMN nick text;
