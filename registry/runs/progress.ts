import type { Database } from '../database.ts';
import type { RunOutcome, RunProgress } from './run.ts';

/** Queue of whoever shows runs to people (the App); a job named `run-progress` is `{ runId }`. */
export const appQueue = 'sluice-app';

/** Returns the state that the run is in: a person may have paused or cancelled it. */
export async function saveProgress(
  db: Database,
  id: string,
  progress: RunProgress,
  step?: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ state: string }>(
    `UPDATE sluice.runs SET progress = $2, step = coalesce($3, step), progress_seq = progress_seq + 1, updated = now()
     WHERE id = $1 RETURNING state`,
    [id, JSON.stringify(progress), step ?? null],
  );
  return rows[0]?.state;
}

/** Remembers the check run on GitHub that shows this run. */
export async function noteCheckRun(db: Database, id: string, checkRunId: number): Promise<void> {
  await db.query('UPDATE sluice.runs SET check_run_id = $2 WHERE id = $1', [id, checkRunId]);
}

/** Adds to what is known of a run besides its state. */
export async function noteOutcome(db: Database, id: string, outcome: RunOutcome): Promise<void> {
  await db.query(
    "UPDATE sluice.runs SET outcome = coalesce(outcome, '{}') || $2::jsonb, progress_seq = progress_seq + 1 WHERE id = $1",
    [id, JSON.stringify(outcome)],
  );
}
