import type { Database } from './database.ts';

/** A version that an open pull request would bring. */
export interface Proposal {
  readonly schema: string;
  readonly version: string;
}

export interface Proposer {
  readonly repository: string;
  readonly pullRequest: number;
  readonly installationId: number;
}

/** Notes what a pull request would bring now, instead of what it would have brought before. */
export async function noteProposals(db: Database, by: Proposer, proposals: readonly Proposal[]): Promise<void> {
  const repository = by.repository.toLowerCase();
  await db.query('DELETE FROM sluice.proposals WHERE repository = $1 AND pull_request = $2', [
    repository,
    by.pullRequest,
  ]);
  await db.query(
    `INSERT INTO sluice.proposals (repository, schema, version, pull_request, installation_id)
     SELECT $1, schema, version, $2, $3 FROM unnest($4::text[], $5::text[]) AS proposed (schema, version)
     ON CONFLICT DO NOTHING`,
    [
      repository,
      by.pullRequest,
      by.installationId,
      proposals.map(({ schema }) => schema),
      proposals.map(({ version }) => version),
    ],
  );
}

/** Other pull requests that would bring the same version of the same schema. */
export async function rivalsOf(
  db: Database,
  { repository, pullRequest }: Omit<Proposer, 'installationId'>,
  { schema, version }: Proposal,
): Promise<{ readonly pullRequest: number; readonly installationId: number }[]> {
  const { rows } = await db.query<{ pullRequest: number; installationId: number }>(
    `SELECT pull_request AS "pullRequest", installation_id::float8 AS "installationId" FROM sluice.proposals
     WHERE repository = lower($1) AND schema = $2 AND version = $3 AND pull_request <> $4 ORDER BY pull_request`,
    [repository, schema, version, pullRequest],
  );
  return rows;
}
