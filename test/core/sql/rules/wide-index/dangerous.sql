-- case
CREATE INDEX CONCURRENTLY wide ON users (email, name, age, status);
