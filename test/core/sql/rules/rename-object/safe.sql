-- case
CREATE VIEW fresh AS SELECT 1 AS one;
ALTER VIEW fresh RENAME TO newer;

-- case
ALTER INDEX users_email_idx RENAME TO users_mail_idx;
