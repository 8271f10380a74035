-- case
ALTER TABLE measurements_2025 SET UNLOGGED;

-- case
ALTER TABLE measurements_2025 SET LOGGED;
