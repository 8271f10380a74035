-- case
-- server: 18
-- computed when it is read
ALTER TABLE users ADD COLUMN email_lower text GENERATED ALWAYS AS (lower(email)) VIRTUAL;

-- case
-- an ordinary column, filled by a trigger
ALTER TABLE users ADD COLUMN email_lower text;

-- case
-- a table of this file
CREATE TABLE visits (id bigint PRIMARY KEY, pages integer);
ALTER TABLE visits ADD COLUMN twice integer GENERATED ALWAYS AS (pages * 2) STORED;
