import type { Database } from './database.ts';
import type { PullRequestKey } from './shown.ts';

/** Notes that something was said about a pull request; false when it was said before. */
export async function tellOnce(db: Database, of: PullRequestKey, what: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO sluice.told (repository, pull_request, what) VALUES ($1, $2, $3)
     ON CONFLICT (repository, pull_request, what) DO NOTHING`,
    [of.repository.toLowerCase(), of.pullRequest, what],
  );
  return rowCount === 1;
}

export async function wasTold(db: Database, of: PullRequestKey, what: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'SELECT FROM sluice.told WHERE repository = $1 AND pull_request = $2 AND what = $3',
    [of.repository.toLowerCase(), of.pullRequest, what],
  );
  return rowCount === 1;
}

/** What was said does not hold any more: it may be said again. */
export async function takeBack(db: Database, of: PullRequestKey, what: string): Promise<void> {
  await db.query('DELETE FROM sluice.told WHERE repository = $1 AND pull_request = $2 AND what = $3', [
    of.repository.toLowerCase(),
    of.pullRequest,
    what,
  ]);
}
