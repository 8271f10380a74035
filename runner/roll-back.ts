import type { Client } from 'pg';
import type { Run, RunError } from '../registry/runs/run.ts';
import { advance } from './advance.ts';
import type { RunnerContext } from './context.ts';
import { applyLog } from './databases/postgres/apply.ts';
import { dropRun } from './databases/postgres/cleanup.ts';
import { swapBack } from './databases/postgres/cutover.ts';
import { Fenced, readLedger } from './databases/postgres/ledger.ts';
import { lookAhead } from './databases/postgres/look-ahead.ts';
import { withPlansKept } from './databases/postgres/planned.ts';
import { describeError, isTransient, StepFailed } from './errors.ts';
import { RecordRefused } from './passage.ts';
import { isContention, patiently } from './patiently.ts';
import { prepareWork, readRecordTable } from './prepare.ts';
import { Superseded } from './progress.ts';
import { withdrawRun } from './publish.ts';
import { emptyQuarantine } from './quarantine.ts';
import { waitUntilClear } from './steps/cut-over.ts';
import { untilLittleIsLeft } from './steps/until-little-is-left.ts';
import { validateReferences } from './steps/validate-references.ts';
import { backwardOf, fenceOf, Stopped, type Work } from './work.ts';

/** Keys in one transaction while the new table is still in use. */
const portion = 1000;

/**
 * Puts the old table back in use. What was written since the cutover is taken back with the inverse transform first; records
 * that were not written since are in the old table as they always were. Safe to repeat.
 */
export async function rollBack(context: RunnerContext, run: Run, client: Client): Promise<void> {
  const work = await prepareWork(context, run, client, await readRecordTable(client, run));
  const { registry } = context;
  try {
    await patiently(work, (attempt) => attemptSwapBack(work, attempt));
    await validateReferences(work);
  } catch (error) {
    if (isTransient(error) && !isContention(error)) throw error;
    if (error instanceof StepFailed && error.code === 'lock-not-granted') {
      await advance(registry, run, 'reversing', { error: describeError(error) });
      return;
    }
    if (error instanceof Stopped || error instanceof Fenced || error instanceof Superseded) throw error;
    const reason = error instanceof RecordRefused ? cannotGoBack(error) : describeError(error);
    await advance(registry, run, 'needs-attention', { error: reason });
    return;
  }
  await work.progress.report({ rollbackAvailable: false, hold: undefined }, 'the old table is in use again', true);
  await advance(registry, run, 'rolled-back', { also: (db) => withdrawRun(db, run) });
}

/** One attempt; nothing is left to do where the ledger says that it has happened. */
export async function attemptSwapBack(work: Work, attempt: number): Promise<void> {
  const { client, names, patience } = work;
  const fence = fenceOf(work);
  const phase = (await readLedger(client, fence.id))?.phase;
  if (phase === 'cleaned') return;
  const crossing = backwardOf(work);
  await untilLittleIsLeft(() => applyLog(client, fence, crossing, names.backLog, portion), portion);
  await lookAhead(client, crossing.from, crossing.to);
  await waitUntilClear(work, attempt);
  await applyLog(client, fence, crossing, names.backLog, null);
  const lockTimeout = Math.round(Math.min(patience.lockTimeout * (1 + attempt / 4), 200));
  await withPlansKept(client, () =>
    swapBack(client, fence, crossing, names, lockTimeout, {
      drained: (session, old) => emptyQuarantine(work, session, old),
      swapped: (session, place) => dropRun(session, place, names),
    }),
  );
}

function cannotGoBack(error: RecordRefused): RunError {
  const described = describeError(error);
  return {
    ...described,
    message: `The record ${error.key}, written since the cutover, has no way back: ${error.refusal.pointer} ${error.refusal.reason}.`,
    remedy: 'Correct the record so that it is valid under the old version too, then roll back again.',
  };
}
