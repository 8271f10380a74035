-- case
ALTER VIEW active_users RENAME TO live_users;

-- case
ALTER TYPE order_status RENAME TO status_of_order;

-- case
ALTER FUNCTION next_code() RENAME TO following_code;

-- case
ALTER TYPE address RENAME ATTRIBUTE city TO town;

-- case
ALTER SEQUENCE ticket_seq RENAME TO tickets;
