-- case
ALTER TYPE order_status ADD VALUE 'void' BEFORE 'open';

-- case
ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'void' AFTER 'paid';
