import type { Database } from './database.ts';

/** Commits that reached the default branch past any pull request and break something: nothing follows from them until a person agrees. */
export interface HeldPush {
  /** The commit before them. */
  readonly base: string;
  /** The last of them. */
  readonly head: string;
  /** Number of the issue that tells of it. */
  readonly issue: number;
  /** Logins of those who pushed, as far as GitHub told. */
  readonly pushers: readonly string[];
}

export async function holdPush(
  db: Database,
  repository: string,
  { base, head, issue, pushers }: HeldPush,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO sluice.held_pushes (repository, base, head, issue, pushers) VALUES (lower($1), $2, $3, $4, $5)
     ON CONFLICT (repository, head) DO NOTHING`,
    [repository, base, head, issue, pushers],
  );
  return rowCount === 1;
}

/** Those that nobody has released, oldest first. */
export async function waitingPushes(db: Database, repository: string): Promise<HeldPush[]> {
  const { rows } = await db.query<HeldPush>(
    'SELECT base, head, issue, pushers FROM sluice.held_pushes WHERE repository = lower($1) AND released IS NULL ORDER BY held',
    [repository],
  );
  return rows;
}

/** False: it was released before. */
export async function releaseHeldPush(db: Database, repository: string, head: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE sluice.held_pushes SET released = now() WHERE repository = lower($1) AND head = $2 AND released IS NULL`,
    [repository, head],
  );
  return rowCount === 1;
}

/** Who pushed a commit, as the webhook said: the end of a push, not every commit of it. */
export async function notePusher(db: Database, repository: string, commit: string, login: string): Promise<void> {
  await db.query(
    'INSERT INTO sluice.pushers (repository, commit_sha, login) VALUES (lower($1), $2, $3) ON CONFLICT DO NOTHING',
    [repository, commit, login],
  );
}

export async function pushersOf(db: Database, repository: string, commits: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ login: string }>(
    'SELECT DISTINCT login FROM sluice.pushers WHERE repository = lower($1) AND commit_sha = ANY ($2) ORDER BY login',
    [repository, commits],
  );
  return rows.map(({ login }) => login);
}

/** Commits that some push ended with, of the last thousand pushes. */
export async function pushEnds(db: Database, repository: string): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ commit: string }>(
    'SELECT commit_sha AS commit FROM sluice.pushers WHERE repository = lower($1) ORDER BY seen DESC LIMIT 1000',
    [repository],
  );
  return new Set(rows.map(({ commit }) => commit));
}
