-- case
DROP VIEW active_users;

-- case
DROP MATERIALIZED VIEW IF EXISTS team_totals;
