-- case
UPDATE users SET status = 'a', status = 'b' WHERE id = 1;
