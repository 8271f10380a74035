-- case
ALTER TABLE users ALTER COLUMN status SET DEFAULT 'fresh';

-- case
-- needed for the rows that were there only
ALTER TABLE users ADD COLUMN kind text NOT NULL DEFAULT 'person';
ALTER TABLE users ALTER COLUMN kind DROP DEFAULT;
