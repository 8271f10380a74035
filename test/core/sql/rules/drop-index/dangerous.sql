-- case
DROP INDEX users_email_idx;

-- case
DROP INDEX IF EXISTS users_email_idx, orders_user_id_idx;
