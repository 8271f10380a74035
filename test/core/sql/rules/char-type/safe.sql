-- case
CREATE TABLE visits (id bigint PRIMARY KEY, country text CHECK (char_length(country) = 2));
