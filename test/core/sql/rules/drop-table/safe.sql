-- case
CREATE TEMPORARY TABLE visits (id bigint PRIMARY KEY);
DROP TABLE visits;

-- case
ALTER TABLE measurements_2025 RENAME TO measurements_2025_unused;
