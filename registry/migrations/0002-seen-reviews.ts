/** What each approving review on GitHub was given to, as it was when the App first saw it. */
export const seenReviews = `
CREATE TABLE sluice.seen_reviews (
  repository text NOT NULL,
  review bigint NOT NULL,
  pull_request integer NOT NULL,
  fingerprint text,
  seen timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, review)
);
`;
