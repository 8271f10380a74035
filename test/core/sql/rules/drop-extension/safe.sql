-- case
CREATE EXTENSION IF NOT EXISTS pgcrypto;

-- case
CREATE EXTENSION pgcrypto;
DROP EXTENSION pgcrypto;
