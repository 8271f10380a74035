-- case
DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'users'; END $$;

-- case
DO LANGUAGE plperl $$ spi_exec_query('DROP TABLE users'); $$;
