-- case
-- sluice-ignore drop-column: no client has read it since May
-- sluice-ignore-file missing-rollback: tried by hand
ALTER TABLE users DROP COLUMN name;

-- case
ALTER TABLE users DROP COLUMN name; -- sluice-ignore drop-column: no client has read it since May
