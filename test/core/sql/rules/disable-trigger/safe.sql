-- case
ALTER TABLE users ENABLE TRIGGER users_touch;

-- case
SET session_replication_role = 'replica';
