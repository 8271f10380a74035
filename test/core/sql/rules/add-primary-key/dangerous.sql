-- case
-- on a partition to be
ALTER TABLE measurements_2025 ADD PRIMARY KEY (taken);

-- case
-- with a new column
ALTER TABLE measurements_2025 ADD COLUMN id bigint PRIMARY KEY;
