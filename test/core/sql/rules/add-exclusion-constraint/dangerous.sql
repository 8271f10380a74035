-- case
-- no two orders of one time
ALTER TABLE orders ADD CONSTRAINT orders_no_overlap EXCLUDE USING gist (daterange(starts, ends) WITH &&);
