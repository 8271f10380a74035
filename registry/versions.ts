import type { Database } from './database.ts';

/** A version of a schema that was merged: immutable from then on. */
export interface PublishedVersion {
  readonly repository: string;
  /** Name of the schema. */
  readonly schema: string;
  readonly version: string;
  readonly text: string;
  /** Fingerprint of the content, so that layout and comments do not make another version. */
  readonly fingerprint: string;
  readonly commit: string;
}

export interface VersionRow extends PublishedVersion {
  readonly published: Date;
}

/** `conflict`: this version is published with another content, and stays as it is. */
export type PublishResult = 'published' | 'already-published' | 'conflict';

export async function publishVersion(db: Database, version: PublishedVersion): Promise<PublishResult> {
  const { repository, schema, text, fingerprint, commit } = version;
  const inserted = await db.query(
    `INSERT INTO sluice.versions (repository, schema, version, text, fingerprint, commit_sha)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (repository, schema, version) DO NOTHING`,
    [repository, schema, version.version, text, fingerprint, commit],
  );
  if (inserted.rowCount === 1) return 'published';
  const known = await readVersion(db, { repository, schema, version: version.version });
  return known?.fingerprint === fingerprint ? 'already-published' : 'conflict';
}

/**
 * Takes a version back that was published by this very merge, since its records are not those of the version any more.
 * False: it is not published, or by another merge, and stays as it is.
 */
export async function withdrawVersion(db: Database, version: Omit<PublishedVersion, 'text'>): Promise<boolean> {
  const { repository, schema, fingerprint, commit } = version;
  const { rowCount } = await db.query(
    `DELETE FROM sluice.versions
     WHERE repository = $1 AND schema = $2 AND version = $3 AND fingerprint = $4 AND commit_sha = $5`,
    [repository, schema, version.version, fingerprint, commit],
  );
  return rowCount === 1;
}

export async function readVersion(
  db: Database,
  key: Pick<PublishedVersion, 'repository' | 'schema' | 'version'>,
): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>(
    `SELECT repository, schema, version, text, fingerprint, commit_sha AS commit, published
     FROM sluice.versions WHERE repository = $1 AND schema = $2 AND version = $3`,
    [key.repository, key.schema, key.version],
  );
  return rows[0];
}

/** All versions of a schema in the order of their publication; of all schemas of the repository when none is named. */
export async function listVersions(
  db: Database,
  of: { readonly repository: string; readonly schema?: string },
): Promise<VersionRow[]> {
  const { rows } = await db.query<VersionRow>(
    `SELECT repository, schema, version, text, fingerprint, commit_sha AS commit, published
     FROM sluice.versions WHERE repository = $1 AND ($2::text IS NULL OR schema = $2) ORDER BY id`,
    [of.repository, of.schema ?? null],
  );
  return rows;
}
