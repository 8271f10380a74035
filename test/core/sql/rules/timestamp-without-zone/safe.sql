-- case
CREATE TABLE visits (id bigint PRIMARY KEY, at timestamptz, until timestamp with time zone);
