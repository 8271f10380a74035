import type { Database } from './database.ts';

/** A pull request, as most tables know it. */
export interface PullRequestKey {
  readonly repository: string;
  readonly pullRequest: number;
}

/** What the approval check of a pull request said it would approve. */
export interface Shown {
  readonly head: string;
  /** Name of the branch that the pull request went to. */
  readonly base: string;
  /** Undefined: nothing that could be approved. */
  readonly fingerprint: string | undefined;
}

/** Notes what the check shows from `since` on; the same as before keeps its time. */
export async function noteShown(db: Database, of: PullRequestKey, shown: Shown, since: Date): Promise<void> {
  await db.query(
    `INSERT INTO sluice.shown (repository, pull_request, head, base, fingerprint, since)
     SELECT $1, $2, $3::text, $4::text, $5::text, $6
     WHERE NOT EXISTS (
       SELECT FROM (
         SELECT head, base, fingerprint FROM sluice.shown WHERE repository = $1 AND pull_request = $2
         ORDER BY id DESC LIMIT 1) AS last
       WHERE head = $3 AND base = $4 AND fingerprint IS NOT DISTINCT FROM $5)`,
    [of.repository.toLowerCase(), of.pullRequest, shown.head, shown.base, shown.fingerprint ?? null, since],
  );
}

/** What somebody who wrote at a moment (of GitHub's clock) could have seen: what was shown last before it. */
export async function shownAt(db: Database, of: PullRequestKey, moment: Date): Promise<Shown | undefined> {
  const { rows } = await db.query<{ head: string; base: string; fingerprint: string | null }>(
    `SELECT head, base, fingerprint FROM sluice.shown
     WHERE repository = $1 AND pull_request = $2 AND since <= $3 ORDER BY id DESC LIMIT 1`,
    [of.repository.toLowerCase(), of.pullRequest, moment],
  );
  return rows[0] && { ...rows[0], fingerprint: rows[0].fingerprint ?? undefined };
}
