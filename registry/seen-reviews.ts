import type { Database } from './database.ts';

export interface SeenReview {
  readonly repository: string;
  readonly pullRequest: number;
  /** GitHub's number of the review. */
  readonly review: number;
  /** What the review would have approved, as far as that can be told now. */
  readonly fingerprint: string | undefined;
}

/**
 * Binds an approving review to what it is of when it is first seen, and gives back what it was bound to. Undefined: nobody could
 * tell at the time what it was of, so it never counts and has to be given again.
 */
export async function firstSight(db: Database, seen: SeenReview): Promise<string | undefined> {
  const key = [seen.repository.toLowerCase(), seen.review];
  await db.query(
    `INSERT INTO sluice.seen_reviews (repository, review, pull_request, fingerprint) VALUES ($1, $2, $3, $4)
     ON CONFLICT (repository, review) DO NOTHING`,
    [...key, seen.pullRequest, seen.fingerprint ?? null],
  );
  const { rows } = await db.query<{ fingerprint: string | null }>(
    'SELECT fingerprint FROM sluice.seen_reviews WHERE repository = $1 AND review = $2',
    key,
  );
  return rows[0]?.fingerprint ?? undefined;
}
