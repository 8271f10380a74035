-- case
ALTER TABLE users RENAME TO people;

-- case
-- a view of another name does not help
ALTER TABLE users RENAME TO people;
CREATE VIEW persons AS SELECT * FROM people;
