-- case
-- named
ALTER TABLE users ADD CONSTRAINT users_score_check CHECK (score >= 0);

-- case
-- unnamed
ALTER TABLE users ADD CHECK (score >= 0);

-- case
-- with a new column, whose default may break it
ALTER TABLE users ADD COLUMN height integer DEFAULT 1 CHECK (height > 0);
