-- case
-- a column added without NOT NULL
ALTER TABLE measurements_2025 ADD COLUMN id bigint;
CREATE UNIQUE INDEX CONCURRENTLY measurements_2025_pkey ON measurements_2025 (id);
ALTER TABLE measurements_2025 ADD CONSTRAINT measurements_2025_pkey PRIMARY KEY USING INDEX measurements_2025_pkey;
