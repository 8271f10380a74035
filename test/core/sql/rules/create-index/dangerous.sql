-- case
CREATE INDEX users_name_idx ON users (name);

-- case
CREATE UNIQUE INDEX ON users USING btree (lower(email)) WHERE active;

-- case
CREATE INDEX IF NOT EXISTS users_name_idx ON public.users (name);
