-- case
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;

-- case
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_age_check;
