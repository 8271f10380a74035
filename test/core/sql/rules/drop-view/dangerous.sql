-- case
DROP VIEW active_users;

-- case
DROP MATERIALIZED VIEW IF EXISTS team_totals;

-- case
CREATE OR REPLACE VIEW active_users AS SELECT id, email FROM users;
DROP VIEW active_users;
