-- case
REINDEX INDEX CONCURRENTLY users_email_idx;

-- case
REINDEX (CONCURRENTLY) TABLE users;
