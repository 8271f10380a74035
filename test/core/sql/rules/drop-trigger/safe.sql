-- case
CREATE TABLE visits (id bigint PRIMARY KEY);
CREATE TRIGGER visits_touch BEFORE UPDATE ON visits FOR EACH ROW EXECUTE FUNCTION touch();
DROP TRIGGER visits_touch ON visits;

-- case
ALTER TABLE users ENABLE TRIGGER users_touch;
