-- case
DROP TABLE measurements_2025;

-- case
DROP TABLE IF EXISTS teams, measurements_2025 CASCADE;

-- case
-- made anew
DROP TABLE IF EXISTS measurements_2025;
CREATE TABLE measurements_2025 (id bigint PRIMARY KEY);
