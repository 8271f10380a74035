-- case
CREATE TABLE accounts (id bigint PRIMARY KEY, premium boolean, balance bigint, age smallint);

-- case
CREATE TABLE accounts (open boolean, id bigint PRIMARY KEY, shut boolean, since timestamptz, n integer);
