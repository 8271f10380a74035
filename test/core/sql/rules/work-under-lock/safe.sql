-- case
BEGIN;
SELECT count(*) FROM orders;
ALTER TABLE users ADD COLUMN nick text;
COMMIT;
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
SELECT setval('ticket_seq', 100);
COMMIT;
