/** What each pull request asks for, which versions it would bring (so that others hear when one is taken), and what people are notified of. */
export const requests = `
CREATE TABLE sluice.requests (
  repository text NOT NULL,
  pull_request integer NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'over')),
  PRIMARY KEY (repository, pull_request)
);

CREATE TABLE sluice.proposals (
  repository text NOT NULL,
  schema text NOT NULL,
  version text NOT NULL,
  pull_request integer NOT NULL,
  installation_id bigint NOT NULL,
  PRIMARY KEY (repository, schema, version, pull_request)
);
CREATE INDEX proposals_by_pull_request ON sluice.proposals (repository, pull_request);
-- Up to which event of the audit trail notifications were made; the trail itself is the outbox.
CREATE TABLE sluice.notified (
  channel text PRIMARY KEY,
  sequence bigint NOT NULL
);
CREATE TABLE sluice.notifications (
  channel text NOT NULL,
  sequence bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'given-up')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt timestamptz NOT NULL DEFAULT now(),
  note text,
  PRIMARY KEY (channel, sequence)
);
CREATE INDEX notifications_waiting ON sluice.notifications (channel, next_attempt) WHERE state = 'waiting';

CREATE INDEX runs_by_version ON sluice.runs (repository, schema, to_version);
`;
