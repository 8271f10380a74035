-- case
ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'pending';

-- case
CREATE TYPE mood AS ENUM ('good');
ALTER TYPE mood RENAME VALUE 'good' TO 'fine';
