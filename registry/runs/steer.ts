import type { Pool } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { canMove, type RunState, stateTable } from '../../core/migration/states.ts';
import { inTransaction } from '../database.ts';
import { appendEvent } from '../events.ts';
import { appendOutbox } from '../outbox.ts';
import { runQueue } from './create.ts';
import { moveRun } from './move.ts';
import { appQueue } from './progress.ts';
import { readRun } from './read.ts';
import type { Run } from './run.ts';

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

/** A run that works moves on by itself: a wish that comes too late for one state may still be in time for the next. */
const attempts = 5;

/**
 * Notes a person's wish: the run moves, and whoever works on it acts on that between two batches; where nobody does, the job
 * that is noted along makes a runner take it up. Throws `InputError` when the run cannot do that from where it is.
 */
export async function steer(registry: Pool, runId: string, wish: Wish, actor: string): Promise<Run> {
  for (let left = attempts; ; left -= 1) {
    const run = await readRun(registry, runId);
    if (run === undefined) throw new InputError(`There is no run ${runId}`, { remedy: '`sluice runs` lists them.' });
    if (cameTrue[wish].includes(run.state)) return run;
    // It is on its way there: a second wish must not take it past the work that is still to be done.
    const to =
      leadsTo[wish].find((state) => state === run.state) ?? leadsTo[wish].find((state) => canMove(run.state, state));
    if (to === undefined || (wish === 'resume' && run.state !== 'paused') || left === 0) {
      throw new InputError(`The run ${runId} cannot ${wish}, it is ${run.state} (${stateTable[run.state].meaning})`, {
        remedy: '`sluice status` shows more.',
      });
    }
    if (to === run.state || (await move(registry, run, to, actor))) return { ...run, state: to };
  }
}

async function move(registry: Pool, run: Run, to: RunState, actor: string): Promise<boolean> {
  const { id, state: from, repository } = run;
  return inTransaction(registry, async (db) => {
    if (!(await moveRun(db, id, from, to))) return false;
    await appendOutbox(db, { queue: runQueue, name: 'run', key: id, data: { runId: id } });
    await appendOutbox(db, { queue: appQueue, name: 'run-progress', key: `run-progress:${id}`, data: { runId: id } });
    await appendEvent(db, { kind: `run.${to}`, repository, actor, subject: id, data: { from } });
    return true;
  });
}
