-- case
-- server: 15
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits SET ACCESS METHOD heap;
