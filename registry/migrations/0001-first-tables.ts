/** Versions, approvals, runs, events, deliveries, outbox. */
export const firstTables = `
CREATE TABLE sluice.versions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  repository text NOT NULL,
  schema text NOT NULL,
  version text NOT NULL,
  text text NOT NULL,
  fingerprint text NOT NULL,
  commit_sha text NOT NULL,
  published timestamptz NOT NULL DEFAULT now(),
  UNIQUE (repository, schema, version)
);

CREATE TABLE sluice.approvals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  repository text NOT NULL,
  pull_request integer NOT NULL,
  head text NOT NULL,
  fingerprint text NOT NULL,
  parts jsonb NOT NULL,
  decision jsonb NOT NULL,
  approved_by text[] NOT NULL,
  policy_hash text NOT NULL,
  state text NOT NULL DEFAULT 'approved' CHECK (state IN ('approved', 'invalidated')),
  created timestamptz NOT NULL DEFAULT now(),
  invalidated timestamptz,
  reason text
);
CREATE UNIQUE INDEX approvals_current ON sluice.approvals (repository, pull_request) WHERE state = 'approved';

CREATE TABLE sluice.runs (
  id text PRIMARY KEY,
  repository text NOT NULL,
  pull_request integer NOT NULL,
  merge_commit text NOT NULL,
  installation_id bigint,
  schema text NOT NULL,
  path text NOT NULL,
  previous_path text,
  from_version text,
  to_version text,
  old_text text NOT NULL,
  new_text text NOT NULL,
  files jsonb NOT NULL,
  migration_path text NOT NULL,
  migration_text text NOT NULL,
  target jsonb NOT NULL,
  format_assertion boolean NOT NULL,
  producers text NOT NULL DEFAULT 'open' CHECK (producers IN ('open', 'closed')),
  mode text NOT NULL,
  fingerprint text,
  state text NOT NULL DEFAULT 'planned',
  step text,
  progress jsonb,
  progress_seq bigint NOT NULL DEFAULT 0,
  error jsonb,
  epoch bigint NOT NULL DEFAULT 0,
  check_run_id bigint,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  started timestamptz,
  finished timestamptz,
  attempt integer NOT NULL DEFAULT 1,
  UNIQUE (repository, merge_commit, path, attempt)
);
CREATE INDEX runs_by_repository ON sluice.runs (repository, pull_request);

CREATE TABLE sluice.events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  repository text NOT NULL,
  actor text NOT NULL,
  subject text NOT NULL,
  data jsonb NOT NULL
);
CREATE FUNCTION sluice.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail % only grows', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sluice.events
  FOR EACH STATEMENT EXECUTE FUNCTION sluice.refuse_change();
ALTER TABLE sluice.events ENABLE ALWAYS TRIGGER events_append_only;

CREATE TABLE sluice.deliveries (
  id text PRIMARY KEY,
  event text NOT NULL,
  action text,
  repository text,
  pull_request integer,
  body jsonb NOT NULL,
  state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'processed', 'ignored', 'failed')),
  note text,
  received timestamptz NOT NULL DEFAULT now(),
  processed timestamptz
);

CREATE TABLE sluice.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue text NOT NULL,
  name text NOT NULL,
  key text,
  data jsonb NOT NULL,
  delay_ms bigint NOT NULL DEFAULT 0,
  created timestamptz NOT NULL DEFAULT now(),
  relayed timestamptz
);
CREATE UNIQUE INDEX outbox_pending_key ON sluice.outbox (queue, key) WHERE relayed IS NULL;
CREATE INDEX outbox_pending ON sluice.outbox (id) WHERE relayed IS NULL;
`;
