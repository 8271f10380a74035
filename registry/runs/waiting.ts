import type { Database } from '../database.ts';

export interface WaitingPullRequest {
  readonly repository: string;
  readonly pullRequest: number;
  readonly installationId: number;
}

/** Pull requests with a run that has not started; runs of pushes past any pull request have nothing of the kind. */
export async function waitingPullRequests(db: Database): Promise<readonly WaitingPullRequest[]> {
  const { rows } = await db.query<WaitingPullRequest>(
    `SELECT DISTINCT repository, pull_request AS "pullRequest", installation_id::float8 AS "installationId" FROM sluice.runs
     WHERE state = 'planned' AND pull_request > 0 AND installation_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM sluice.held_pushes AS push
         WHERE push.repository = lower(runs.repository) AND push.issue = runs.pull_request)
     ORDER BY repository, "pullRequest"`,
  );
  return rows;
}
