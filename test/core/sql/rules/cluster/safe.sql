-- case
ANALYZE users;

-- case
ALTER TABLE users CLUSTER ON users_email_idx;
