-- case
CREATE VIEW users_next AS SELECT *, email AS mail FROM users;

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page text);
ALTER TABLE visits RENAME COLUMN page TO path;

-- case
ALTER TABLE users RENAME CONSTRAINT users_age_check TO age_check;

-- case
ALTER INDEX users_email_idx RENAME TO users_mail_idx;
