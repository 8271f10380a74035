-- case
ALTER SEQUENCE ticket_seq CACHE 20;

-- case
CREATE SEQUENCE other_seq;
ALTER SEQUENCE other_seq RESTART WITH 1000;
