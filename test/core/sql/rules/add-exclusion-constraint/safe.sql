-- case
-- a table of this file
CREATE TABLE bookings (id bigint PRIMARY KEY, during daterange);
ALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&);
