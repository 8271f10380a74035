CREATE SCHEMA archive;
CREATE TYPE order_status AS ENUM ('open', 'paid');
CREATE TYPE address AS (street text, city text);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE SEQUENCE ticket_seq;
CREATE TABLE teams (id bigint PRIMARY KEY, name text, region text);
CREATE TABLE users (
  id bigint PRIMARY KEY,
  email text,
  name varchar(50),
  age integer CONSTRAINT users_age_check CHECK (age >= 0),
  status text DEFAULT 'new',
  score integer NOT NULL DEFAULT 0,
  amount numeric(10, 2),
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamp,
  team_id bigint,
  active boolean
);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  user_id bigint CONSTRAINT orders_user_id_fkey REFERENCES users (id),
  status order_status,
  quantity positive,
  total numeric,
  note text,
  code integer,
  starts date,
  ends date,
  twice numeric GENERATED ALWAYS AS (total * 2) STORED
);
CREATE INDEX users_email_idx ON users (email);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE UNIQUE INDEX users_code_unique ON users (email, id);
CREATE TABLE measurements (taken date NOT NULL, value numeric) PARTITION BY RANGE (taken);
CREATE TABLE measurements_2024 PARTITION OF measurements FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE measurements_2025 (taken date NOT NULL, value numeric);
CREATE VIEW active_users AS SELECT id, email FROM users WHERE active;
CREATE MATERIALIZED VIEW team_totals AS SELECT team_id, count(*) AS members FROM users GROUP BY team_id;
CREATE UNIQUE INDEX team_totals_key ON team_totals (team_id);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION next_code() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE POLICY users_own ON users USING (true);
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
