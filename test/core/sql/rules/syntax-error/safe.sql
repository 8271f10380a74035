-- case
ALTER TABLE users ADD COLUMN nick text;

-- case
-- nothing but a comment
