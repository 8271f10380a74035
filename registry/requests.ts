import type { Database } from './database.ts';

/** Where the question whether a pull request may break something stands. */
export type RequestState = 'pending' | 'approved' | 'rejected' | 'over';

export interface RequestKey {
  readonly repository: string;
  readonly pullRequest: number;
}

/** Sets the state and gives back the one before; undefined when the question is new. */
export async function moveRequest(
  db: Database,
  { repository, pullRequest }: RequestKey,
  state: RequestState,
): Promise<RequestState | undefined> {
  const { rows } = await db.query<{ before: RequestState | null }>(
    `WITH earlier AS (SELECT state FROM sluice.requests WHERE repository = lower($1) AND pull_request = $2)
     INSERT INTO sluice.requests (repository, pull_request, state) VALUES (lower($1), $2, $3)
     ON CONFLICT (repository, pull_request) DO UPDATE SET state = excluded.state
     RETURNING (SELECT state FROM earlier) AS before`,
    [repository, pullRequest, state],
  );
  return rows[0]?.before ?? undefined;
}

export async function requestState(
  db: Database,
  { repository, pullRequest }: RequestKey,
): Promise<RequestState | undefined> {
  const { rows } = await db.query<{ state: RequestState }>(
    'SELECT state FROM sluice.requests WHERE repository = lower($1) AND pull_request = $2',
    [repository, pullRequest],
  );
  return rows[0]?.state;
}
