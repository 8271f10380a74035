-- case
ALTER TABLE users ENABLE ROW LEVEL SECURITY;

-- case
-- for another table
CREATE POLICY own ON orders USING (true);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
