-- case
CREATE SEQUENCE other_seq;
DROP SEQUENCE other_seq;
