-- case
ALTER TABLE users ADD COLUMN nick text;
UPDATE users SET nick = name;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
COMMIT;
UPDATE users SET nick = name WHERE id BETWEEN 1 AND 1000;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
UPDATE teams SET name = 'Core' WHERE id = 1;
INSERT INTO teams (id, name) VALUES (9, 'New');
COMMIT;
