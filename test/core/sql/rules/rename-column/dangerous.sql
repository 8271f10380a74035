-- case
ALTER TABLE users RENAME COLUMN email TO mail;

-- case
ALTER TABLE users RENAME email TO mail;

-- case
ALTER VIEW active_users RENAME COLUMN email TO mail;
