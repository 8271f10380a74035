-- case
-- proved before
ALTER TABLE measurements_2025 ADD COLUMN id bigint;
ALTER TABLE measurements_2025 ADD CONSTRAINT id_there CHECK (id IS NOT NULL) NOT VALID;
ALTER TABLE measurements_2025 VALIDATE CONSTRAINT id_there;
CREATE UNIQUE INDEX CONCURRENTLY measurements_2025_pkey ON measurements_2025 (id);
ALTER TABLE measurements_2025 ADD CONSTRAINT measurements_2025_pkey PRIMARY KEY USING INDEX measurements_2025_pkey;
