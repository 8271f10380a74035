-- case
ALTER TABLE users ADD COLUMN nick text NOT NULL DEFAULT '';

-- case
ALTER TABLE users ADD COLUMN nick text;

-- case
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits ADD COLUMN page text NOT NULL;

-- case
ALTER TABLE users ADD COLUMN nick text GENERATED ALWAYS AS ('x') STORED NOT NULL;
