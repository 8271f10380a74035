-- case
DROP TRIGGER users_touch ON users;

-- case
DROP TRIGGER IF EXISTS users_touch ON public.users CASCADE;
