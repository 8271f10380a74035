-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
ALTER TABLE users ADD COLUMN nick_two text;
COMMIT;
BEGIN;
ALTER TABLE orders ADD COLUMN memo text;
COMMIT;

-- case
ALTER TABLE users ADD COLUMN nick text;
ALTER TABLE orders ADD COLUMN memo text;

-- case
BEGIN;
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits ADD COLUMN page text;
ALTER TABLE users ADD COLUMN nick text;
COMMIT;
