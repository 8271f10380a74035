-- case
SET lock_timeout = '2min';

-- case
SET lock_timeout = 30000;
