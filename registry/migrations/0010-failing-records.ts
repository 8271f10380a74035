/** Where the records are that keep a condition of an approval from being met: keys and places, never values. */
export const failingRecords = `
CREATE TABLE sluice.failing_records (
  repository text NOT NULL,
  pull_request integer NOT NULL,
  -- Of what was approved, as of its conditions.
  fingerprint text NOT NULL,
  -- Of the schema.
  path text NOT NULL,
  -- Of what they lack.
  pointer text NOT NULL,
  target jsonb NOT NULL,
  total bigint,
  -- The first of them; empty where their keys may be somebody's name.
  csv text,
  -- None: a runner has yet to look.
  looked timestamptz,
  -- The job that the App wants done once a runner has looked.
  job jsonb,
  PRIMARY KEY (repository, pull_request, fingerprint, path, pointer)
);
`;
