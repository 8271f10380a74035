-- case
UPDATE users SET status = 'a', score = 1 WHERE id = 1;
