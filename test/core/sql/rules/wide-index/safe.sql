-- case
CREATE INDEX CONCURRENTLY narrow ON users (email, name);

-- case
CREATE UNIQUE INDEX CONCURRENTLY one_of ON users (email, name, age, status);

-- case
CREATE INDEX CONCURRENTLY covering ON users (email) INCLUDE (name, age, status);
