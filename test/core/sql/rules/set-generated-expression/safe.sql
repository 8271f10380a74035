-- case
-- server: 17
ALTER TABLE orders ADD COLUMN twice_new numeric;
