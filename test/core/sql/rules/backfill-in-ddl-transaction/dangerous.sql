-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
UPDATE users SET nick = name;
COMMIT;

-- case
-- wrapped
ALTER TABLE users ADD COLUMN nick text;
DELETE FROM orders WHERE note IS NULL;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
INSERT INTO teams (id, name) SELECT id, name FROM users;
COMMIT;
