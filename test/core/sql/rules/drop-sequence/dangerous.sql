-- case
DROP SEQUENCE ticket_seq;
