-- case
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);

-- case
CREATE TABLE visits (id bigint PRIMARY KEY, page text);
CREATE INDEX visits_page_idx ON public.visits (page);

-- case
CREATE TABLE visits AS SELECT id, email FROM users;
CREATE INDEX visits_page_idx ON visits (email);
