-- case
ALTER SCHEMA archive RENAME TO attic;
