-- case
ALTER TABLE users SET TABLESPACE pg_default;

-- case
ALTER INDEX users_email_idx SET TABLESPACE pg_default;
