-- case
CREATE DOMAIN percent AS integer;

-- case
CREATE DOMAIN percent AS integer DEFAULT 0;
