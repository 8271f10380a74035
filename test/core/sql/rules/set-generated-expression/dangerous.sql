-- case
-- server: 17
ALTER TABLE orders ALTER COLUMN twice SET EXPRESSION AS (total + total);
