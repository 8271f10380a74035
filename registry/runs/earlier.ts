import { isRunState, type RunState } from '../../core/migration/states.ts';
import type { Database } from '../database.ts';
import type { Run } from './run.ts';

export interface EarlierRun {
  readonly id: string;
  readonly toVersion: string;
  readonly state: RunState;
}

/** Runs of the same schema on the same table that were ordered before: of each order the last attempt. */
export async function earlierRuns(db: Database, run: Run): Promise<readonly EarlierRun[]> {
  const { rows } = await db.query<{ id: string; to_version: string; state: string }>(
    `SELECT DISTINCT ON (merge_commit, path) id, to_version, state FROM sluice.runs
     WHERE repository = $1 AND path = ANY ($2) AND target ->> 'table' = $3 AND target ->> 'database' = $4
       AND to_version IS NOT NULL AND merge_commit <> $5 AND created <= $6
     ORDER BY merge_commit, path, attempt DESC`,
    [
      run.repository,
      [run.path, ...(run.previousPath === undefined ? [] : [run.previousPath])],
      run.target.table,
      run.target.database,
      run.mergeCommit,
      run.created,
    ],
  );
  return rows.flatMap(({ id, to_version: toVersion, state }) => (isRunState(state) ? [{ id, toVersion, state }] : []));
}
