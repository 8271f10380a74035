-- case
CREATE OR REPLACE VIEW active_users AS SELECT id, email FROM users WHERE active AND score > 0;

-- case
CREATE VIEW fresh AS SELECT 1 AS one;
DROP VIEW fresh;
