import type { Database } from './database.ts';

/** A run that has not come to its end and will publish the version it brings. */
export interface ComingVersion {
  readonly run: string;
  readonly pullRequest: number;
  readonly path: string;
  readonly text: string;
}

export interface VersionKey {
  readonly repository: string;
  readonly schema: string;
  readonly version: string;
}

/** Runs under way to a version; its records belong to them until they are over. */
export async function versionsOnTheirWay(db: Database, key: VersionKey): Promise<ComingVersion[]> {
  const { rows } = await db.query<ComingVersion>(
    `SELECT id AS run, pull_request AS "pullRequest", path, new_text AS text FROM sluice.runs
     WHERE repository = $1 AND schema = $2 AND to_version = $3
       AND state NOT IN ('completed', 'failed', 'cancelled', 'rolled-back') ORDER BY created`,
    [key.repository, key.schema, key.version],
  );
  return rows;
}

/** Whoever publishes or orders this version next waits until this transaction is over. */
export async function lockVersion(db: Database, { repository, schema, version }: VersionKey): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 6))', [`${repository} ${schema} ${version}`]);
}
