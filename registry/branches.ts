import type { Database } from './database.ts';

/** Up to where a repository's default branch has been looked at. */
export interface ExaminedBranch {
  readonly repository: string;
  readonly branch: string;
  readonly commit: string;
}

/** Undefined when it never was, or when another branch was the default then. */
export async function examinedCommit(
  db: Database,
  { repository, branch }: Omit<ExaminedBranch, 'commit'>,
): Promise<string | undefined> {
  const { rows } = await db.query<{ examined: string }>(
    'SELECT examined FROM sluice.branches WHERE repository = lower($1) AND branch = $2',
    [repository, branch],
  );
  return rows[0]?.examined;
}

export async function saveExaminedCommit(db: Database, { repository, branch, commit }: ExaminedBranch): Promise<void> {
  await db.query(
    `INSERT INTO sluice.branches (repository, branch, examined) VALUES (lower($1), $2, $3)
     ON CONFLICT (repository) DO UPDATE SET branch = excluded.branch, examined = excluded.examined, updated = now()`,
    [repository, branch, commit],
  );
}

/** From here on, unless something is known of the branch already. */
export async function beginExamining(db: Database, { repository, branch, commit }: ExaminedBranch): Promise<void> {
  await db.query(
    `INSERT INTO sluice.branches (repository, branch, examined) VALUES (lower($1), $2, $3)
     ON CONFLICT (repository) DO NOTHING`,
    [repository, branch, commit],
  );
}
