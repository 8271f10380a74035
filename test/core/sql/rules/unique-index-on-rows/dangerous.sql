-- case
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);

-- case
CREATE UNIQUE INDEX users_lower ON users (lower(email));
