-- case
ALTER TABEL users ADD COLUMN nick text;

-- case
SELECT 'ünclosed;

-- case
ALTER TABLE users ADD COLUMN nick text NOT NULL DEFUALT 'x';
