import type { Pool } from 'pg';
import { InputError } from '../core/input-error.ts';
import { canMove, type RunState, stateTable } from '../core/migration/states.ts';
import { appendOutbox } from '../registry/outbox.ts';
import { runQueue } from '../registry/runs/create.ts';
import { readRun } from '../registry/runs/read.ts';
import type { Run } from '../registry/runs/run.ts';
import { advance } from './advance.ts';

/** What a person may want of a run. */
export type Wish = 'pause' | 'resume' | 'cancel' | 'rollback' | 'complete';

/** Where a wish leads, from the first of these states that the run can go to. */
const leadsTo: { readonly [W in Wish]: readonly RunState[] } = {
  pause: ['paused'],
  resume: ['backfilling'],
  cancel: ['cancelled', 'cancelling'],
  // Before the cutover there is nothing to swap back: it is called off.
  rollback: ['rolling-back', 'cancelled', 'cancelling'],
  complete: ['completing'],
};

/** Where a wish has come true already: asking again changes nothing. */
const cameTrue: { readonly [W in Wish]: readonly RunState[] } = {
  pause: ['paused'],
  resume: [],
  cancel: ['cancelled'],
  rollback: ['rolled-back', 'cancelled'],
  complete: ['completed'],
};

/**
 * Notes a person's wish: the run moves, and whoever works on it acts on that between two batches; where nobody does, the job
 * that is noted along makes a runner take it up. Throws `InputError` when the run cannot do that from where it is.
 */
export async function steer(registry: Pool, runId: string, wish: Wish, actor: string): Promise<Run> {
  const run = await readRun(registry, runId);
  if (run === undefined) {
    throw new InputError(`There is no run ${runId}`, { remedy: '`sluice runs` lists them.' });
  }
  if (cameTrue[wish].includes(run.state)) return run;
  const to = leadsTo[wish].find((state) => state === run.state || canMove(run.state, state));
  if (to === undefined || (wish === 'resume' && run.state !== 'paused')) {
    throw new InputError(`The run ${runId} cannot ${wish}, it is ${run.state} (${stateTable[run.state].meaning})`, {
      remedy: '`sluice status` shows more.',
    });
  }
  if (to === run.state) return run;
  return advance(registry, run, to, {
    actor,
    also: (db) => appendOutbox(db, { queue: runQueue, name: 'run', key: run.id, data: { runId: run.id } }),
  });
}
