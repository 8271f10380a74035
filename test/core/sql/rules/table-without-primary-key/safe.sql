-- case
CREATE TABLE visits (id bigint PRIMARY KEY);

-- case
CREATE TABLE visits (id bigint);
ALTER TABLE visits ADD PRIMARY KEY (id);

-- case
CREATE TEMPORARY TABLE visits (page text);

-- case
CREATE TABLE members (user_id bigint, team_id bigint, PRIMARY KEY (user_id, team_id));
