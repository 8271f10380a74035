-- case
CREATE TABLE visits (page text);

-- case
CREATE TABLE visits (page text UNIQUE NOT NULL);
