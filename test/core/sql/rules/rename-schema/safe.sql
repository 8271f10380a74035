-- case
CREATE SCHEMA scratch;
ALTER SCHEMA scratch RENAME TO attic;
