-- case
CREATE TABLE visits (id integer PRIMARY KEY);

-- case
CREATE TABLE visits (id serial PRIMARY KEY, user_id int REFERENCES users (id));

-- case
CREATE TABLE visits (id smallint, CONSTRAINT visits_pkey PRIMARY KEY (id));

-- case
ALTER TABLE users ADD COLUMN number serial;

-- case
CREATE TABLE visits (id int GENERATED ALWAYS AS IDENTITY);
