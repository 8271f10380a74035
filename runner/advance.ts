import type { Pool } from 'pg';
import type { RunState } from '../core/migration/states.ts';
import { type Database, inTransaction } from '../registry/database.ts';
import { appendEvent } from '../registry/events.ts';
import { moveRun, type RunPatch } from '../registry/runs/move.ts';
import type { Run } from '../registry/runs/run.ts';
import { callForShowing, Superseded } from './progress.ts';

/**
 * Moves a run to its next state, with the line in the audit trail and the call to show it, and whatever `also` adds, in one
 * transaction. Returns the run as it is then.
 */
export async function advance(
  registry: Pool,
  run: Run,
  to: RunState,
  options: RunPatch & { readonly actor?: string; readonly also?: (db: Database) => Promise<void> } = {},
): Promise<Run> {
  const { actor = 'sluice', also, ...patch } = options;
  await inTransaction(registry, async (db) => {
    if (!(await moveRun(db, run.id, run.state, to, patch))) throw new Superseded(run.id);
    await appendEvent(db, {
      kind: `run.${to}`,
      repository: run.repository,
      actor,
      subject: run.id,
      data: { from: run.state, ...(patch.error === undefined ? {} : { error: { ...patch.error } }) },
    });
    await also?.(db);
    await callForShowing(db, run.id);
  });
  return {
    ...run,
    state: to,
    error: patch.error ?? run.error,
    outcome: patch.outcome === undefined ? run.outcome : { ...run.outcome, ...patch.outcome },
    step: patch.step ?? run.step,
  };
}
