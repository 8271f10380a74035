-- case
-- an index built outside
CREATE UNIQUE INDEX CONCURRENTLY measurements_2025_pkey ON measurements_2025 (taken);
ALTER TABLE measurements_2025 ADD CONSTRAINT measurements_2025_pkey PRIMARY KEY USING INDEX measurements_2025_pkey;

-- case
-- a table of this file
CREATE TABLE visits (id bigint);
ALTER TABLE visits ADD PRIMARY KEY (id);
