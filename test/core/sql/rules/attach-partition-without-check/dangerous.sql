-- case
ALTER TABLE measurements ATTACH PARTITION measurements_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

-- case
-- the CHECK is not validated
ALTER TABLE measurements_2025 ADD CONSTRAINT bounds CHECK (taken >= '2025-01-01' AND taken < '2026-01-01') NOT VALID;
ALTER TABLE measurements ATTACH PARTITION measurements_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
