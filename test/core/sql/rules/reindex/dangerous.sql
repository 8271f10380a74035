-- case
REINDEX INDEX users_email_idx;

-- case
REINDEX TABLE users;

-- case
REINDEX SCHEMA archive;
