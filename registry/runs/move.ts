import { canMove, isFinal, type RunState } from '../../core/migration/states.ts';
import type { Database } from '../database.ts';
import type { RunError, RunOutcome } from './run.ts';

export interface RunPatch {
  readonly step?: string | undefined;
  readonly error?: RunError | undefined;
  /** Added to what is known already. */
  readonly outcome?: RunOutcome | undefined;
}

/**
 * Moves a run from one state to the next, when it still is where the caller believes. False: somebody else moved it first.
 * Throws when the state table knows no such move.
 */
export async function moveRun(
  db: Database,
  id: string,
  from: RunState,
  to: RunState,
  patch: RunPatch = {},
): Promise<boolean> {
  if (!canMove(from, to)) throw new Error(`A run cannot go from ${from} to ${to}.`);
  const { rowCount } = await db.query(
    `UPDATE sluice.runs SET state = $3, updated = now(), progress_seq = progress_seq + 1, step = coalesce($4, step),
       error = coalesce($5, error), outcome = CASE WHEN $7::jsonb IS NULL THEN outcome ELSE coalesce(outcome, '{}') || $7::jsonb END, started = coalesce(started, now()), finished = CASE WHEN $6 THEN now() END
     WHERE id = $1 AND state = $2`,
    [
      id,
      from,
      to,
      patch.step ?? null,
      patch.error === undefined ? null : JSON.stringify(patch.error),
      isFinal(to),
      patch.outcome === undefined ? null : JSON.stringify(patch.outcome),
    ],
  );
  return rowCount === 1;
}
