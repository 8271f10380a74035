/** What runs wait for besides tasks: windows, rehearsals, and as many records as were approved; and why somebody said no. */
export const waitingRuns = `
-- When the runs of a pull request may start. 'policy': as the policy says; 'person': as somebody who may approve says.
CREATE TABLE sluice.schedules (
  repository text NOT NULL,
  pull_request integer NOT NULL,
  source text NOT NULL CHECK (source IN ('policy', 'person')),
  -- As people write them; all have to be open. None: at any time.
  windows text[] NOT NULL,
  set_by text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, pull_request, source)
);

-- How many records the table of a migration held. Only runners can count: the App has no address of a database.
CREATE TABLE sluice.record_counts (
  repository text NOT NULL,
  pull_request integer NOT NULL,
  fingerprint text NOT NULL,
  path text NOT NULL,
  moment text NOT NULL CHECK (moment IN ('proposed', 'approved', 'started', 'again')),
  target jsonb NOT NULL,
  -- Percent by which the count may have moved when the run starts.
  threshold real NOT NULL,
  records bigint,
  counted timestamptz,
  -- The job that the App wants done once they are counted.
  job jsonb,
  PRIMARY KEY (repository, pull_request, fingerprint, path, moment)
);

ALTER TABLE sluice.conditions DROP CONSTRAINT conditions_kind_check;
ALTER TABLE sluice.conditions ADD CONSTRAINT conditions_kind_check
  CHECK (kind IN ('task', 'no-records-without', 'window', 'rehearsal'));

ALTER TABLE sluice.commands ADD COLUMN reason text NOT NULL DEFAULT '';
`;
