-- case
-- sluice-ignore drop-column: no client has read it since May
ALTER TABLE users DROP COLUMN name;
