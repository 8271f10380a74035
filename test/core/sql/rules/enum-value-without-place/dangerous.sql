-- case
ALTER TYPE order_status ADD VALUE 'void';
