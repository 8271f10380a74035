-- case
BEGIN;
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);
COMMIT;

-- case
-- wrapped
DROP INDEX CONCURRENTLY users_email_idx;

-- case
-- wrapped
REINDEX TABLE CONCURRENTLY users;

-- case
BEGIN;
ALTER TABLE measurements DETACH PARTITION measurements_2024 CONCURRENTLY;
COMMIT;

-- case
BEGIN;
VACUUM users;
COMMIT;

-- case
DO $$ BEGIN CREATE INDEX CONCURRENTLY users_name_idx ON users (name); END $$;
