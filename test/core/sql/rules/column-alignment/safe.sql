-- case
CREATE TABLE accounts (id bigint PRIMARY KEY, balance bigint, age smallint, premium boolean);

-- case
CREATE TABLE accounts (id bigint PRIMARY KEY, name text, premium boolean, note text);
