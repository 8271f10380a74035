-- case
-- a view that is read
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
SELECT (SELECT count(*) FROM orders);
COMMIT;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
SELECT count(*) FROM orders;
COMMIT;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
CREATE INDEX orders_note_idx ON orders (note);
COMMIT;

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
REFRESH MATERIALIZED VIEW CONCURRENTLY team_totals;
COMMIT;
