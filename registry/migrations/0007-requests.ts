/** What each pull request asks for, and which versions it would bring: so that others hear when one of them is taken. */
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
CREATE INDEX runs_by_version ON sluice.runs (repository, schema, to_version);
`;
