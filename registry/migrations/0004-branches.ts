/** How far each default branch has been looked at, and what was pushed to it past any pull request and waits for a person. */
export const branches = `
CREATE TABLE sluice.branches (
  repository text PRIMARY KEY,
  branch text NOT NULL,
  examined text NOT NULL,
  updated timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sluice.held_pushes (
  repository text NOT NULL,
  base text NOT NULL,
  head text NOT NULL,
  issue integer NOT NULL,
  pushers text[] NOT NULL,
  held timestamptz NOT NULL DEFAULT now(),
  released timestamptz,
  PRIMARY KEY (repository, head)
);

-- GitHub tells who pushed in the webhook only; commits name whom they like.
CREATE TABLE sluice.pushers (
  repository text NOT NULL,
  commit_sha text NOT NULL,
  login text NOT NULL,
  seen timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, commit_sha, login)
);
`;
