/** What approvals bind to besides their content, commands in comments, conditions of approvals, and what people were told. */
export const decisions = `
-- The branch that the pull request went to when the review was first seen; null for reviews of before.
ALTER TABLE sluice.seen_reviews ADD COLUMN base text;

-- What the approval check of a pull request showed, and since when: whole seconds of GitHub's clock, rounded up.
CREATE TABLE sluice.shown (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  repository text NOT NULL,
  pull_request integer NOT NULL,
  head text NOT NULL,
  base text NOT NULL,
  fingerprint text,
  since timestamptz NOT NULL
);
CREATE INDEX shown_by_pull_request ON sluice.shown (repository, pull_request, id);

-- A comment or a click that asks for something; answered once.
CREATE TABLE sluice.commands (
  repository text NOT NULL,
  key text NOT NULL,
  pull_request integer NOT NULL,
  login text NOT NULL,
  verb text NOT NULL,
  given timestamptz NOT NULL,
  -- Of approve and reject: what the check showed when it was given.
  head text,
  base text,
  fingerprint text,
  answered timestamptz,
  PRIMARY KEY (repository, key)
);
CREATE INDEX commands_by_pull_request ON sluice.commands (repository, pull_request);

-- Things that are said once for each pull request: review requests, notices, issues.
CREATE TABLE sluice.told (
  repository text NOT NULL,
  pull_request integer NOT NULL,
  what text NOT NULL,
  issue integer,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, pull_request, what)
);

-- Under what an approval was given. A run waits for all of its approval's conditions.
CREATE TABLE sluice.conditions (
  repository text NOT NULL,
  pull_request integer NOT NULL,
  fingerprint text NOT NULL,
  position integer NOT NULL,
  set_by text NOT NULL,
  words text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('task', 'no-records-without', 'window')),
  parameter text,
  met_by text,
  met timestamptz,
  withdrawn timestamptz,
  created timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, pull_request, fingerprint, position)
);
`;
