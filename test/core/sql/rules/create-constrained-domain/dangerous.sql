-- case
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);

-- case
CREATE DOMAIN handle AS text NOT NULL;
