-- case
BEGIN;
ALTER TABLE users RENAME TO people;
CREATE VIEW users AS SELECT * FROM people;
COMMIT;

-- case
-- a swap
BEGIN;
CREATE TABLE users_new (LIKE users INCLUDING ALL);
ALTER TABLE users RENAME TO users_old;
ALTER TABLE users_new RENAME TO users;
COMMIT;
