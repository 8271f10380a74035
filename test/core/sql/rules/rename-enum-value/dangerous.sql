-- case
ALTER TYPE order_status RENAME VALUE 'open' TO 'pending';
