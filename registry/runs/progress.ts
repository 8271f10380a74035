import type { Database } from '../database.ts';
import type { RunProgress } from './run.ts';

/** Queue of whoever shows runs to people (the App); a job named `run-progress` is `{ runId }`. */
export const appQueue = 'sluice-app';

export async function saveProgress(db: Database, id: string, progress: RunProgress, step?: string): Promise<void> {
  await db.query(
    `UPDATE sluice.runs SET progress = $2, step = coalesce($3, step), progress_seq = progress_seq + 1, updated = now()
     WHERE id = $1`,
    [id, JSON.stringify(progress), step ?? null],
  );
}

/** Remembers the check run on GitHub that shows this run. */
export async function noteCheckRun(db: Database, id: string, checkRunId: number): Promise<void> {
  await db.query('UPDATE sluice.runs SET check_run_id = $2 WHERE id = $1', [id, checkRunId]);
}
