-- case
CREATE TABLE visits (id bigint PRIMARY KEY, pages integer, user_id bigint REFERENCES users (id));

-- case
CREATE TABLE visits (id bigserial PRIMARY KEY);
