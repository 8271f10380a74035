-- case
REFRESH MATERIALIZED VIEW team_totals;
