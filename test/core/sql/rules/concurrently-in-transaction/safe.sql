-- case
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);

-- case
BEGIN;
ALTER TABLE users ADD COLUMN nick text;
COMMIT;
CREATE INDEX CONCURRENTLY users_nick_idx ON users (nick);

-- case
-- wrapped
-- sluice:no-transaction
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);

-- case
-- wrapped
REFRESH MATERIALIZED VIEW CONCURRENTLY team_totals;
