import type { Database } from './database.ts';

export interface SeenReview {
  readonly repository: string;
  readonly pullRequest: number;
  /** GitHub's number of the review. */
  readonly review: number;
  /** What the review would have approved, as far as that can be told now. */
  readonly fingerprint: string | undefined;
  /** The branch that the pull request goes to. */
  readonly base: string;
}

/** What a review is bound to. Undefined: nobody could tell at the time, so it never counts and has to be given again. */
export interface Bound {
  readonly fingerprint: string | undefined;
  readonly base: string | undefined;
}

/** Binds an approving review to what it is of when it is first seen, and gives back what it was bound to. */
export async function firstSight(db: Database, seen: SeenReview): Promise<Bound> {
  const key = [seen.repository.toLowerCase(), seen.review];
  await db.query(
    `INSERT INTO sluice.seen_reviews (repository, review, pull_request, fingerprint, base) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (repository, review) DO NOTHING`,
    [...key, seen.pullRequest, seen.fingerprint ?? null, seen.base],
  );
  const { rows } = await db.query<{ fingerprint: string | null; base: string | null }>(
    'SELECT fingerprint, base FROM sluice.seen_reviews WHERE repository = $1 AND review = $2',
    key,
  );
  return { fingerprint: rows[0]?.fingerprint ?? undefined, base: rows[0]?.base ?? undefined };
}
