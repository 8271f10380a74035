-- case
SET lock_timeout = '200ms';

-- case
SET statement_timeout = '2h';
