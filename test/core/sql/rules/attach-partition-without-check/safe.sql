-- case
-- proved
ALTER TABLE measurements_2025 ADD CONSTRAINT bounds CHECK (taken >= '2025-01-01' AND taken < '2026-01-01') NOT VALID;
ALTER TABLE measurements_2025 VALIDATE CONSTRAINT bounds;
ALTER TABLE measurements ATTACH PARTITION measurements_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

-- case
-- empty
CREATE TABLE measurements_2026 (taken date NOT NULL, value numeric);
ALTER TABLE measurements ATTACH PARTITION measurements_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
