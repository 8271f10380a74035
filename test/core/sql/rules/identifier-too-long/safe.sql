-- case
CREATE TABLE visits (id bigint PRIMARY KEY, a_name_that_goes_on_and_on_until_the_server_no_longer_keeps_all text);

-- case
-- a_name_that_goes_on_and_on_until_the_server_no_longer_keeps_all_of_it
SELECT 'a_name_that_goes_on_and_on_until_the_server_no_longer_keeps_all_of_it';
