-- case
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits SET TABLESPACE pg_default;
