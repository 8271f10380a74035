-- case
ALTER TYPE order_status ADD VALUE 'void';
UPDATE orders SET status = 'void' WHERE id = 1;

-- case
BEGIN;
CREATE TYPE mood AS ENUM ('good');
ALTER TYPE mood ADD VALUE 'bad';
CREATE TABLE days (id bigint PRIMARY KEY, mood mood DEFAULT 'bad');
COMMIT;
