-- case
ALTER POLICY users_own ON users USING (true);
