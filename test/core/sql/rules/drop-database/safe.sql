-- case
DROP TABLE measurements_2025;
