-- case
CREATE TYPE place AS (street text);
ALTER TYPE place ADD ATTRIBUTE zip text;

-- case
ALTER TYPE order_status ADD VALUE 'void' AFTER 'paid';
