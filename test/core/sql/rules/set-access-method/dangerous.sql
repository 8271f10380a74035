-- case
-- server: 15
ALTER TABLE users SET ACCESS METHOD heap;
