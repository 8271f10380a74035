-- case
CREATE TABLE visits (id bigserial PRIMARY KEY);

-- case
ALTER TABLE users ADD COLUMN number serial8;
