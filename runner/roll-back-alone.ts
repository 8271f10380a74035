import { InputError } from '../core/input-error.ts';
import { cleanUp } from './clean-up.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { hasLedger, lockRun, readLedger, readOrder } from './databases/postgres/ledger.ts';
import { patiently } from './patiently.ts';
import { prepareWork, readRecordTable } from './prepare.ts';
import { attemptSwapBack } from './roll-back.ts';
import { Busy } from './session.ts';
import { validateReferences } from './steps/validate-references.ts';
import type { Patience } from './work.ts';

/**
 * The way back with nothing but the target database: for when the registry or the queue is down. The ledger there holds what is
 * needed. Safe to repeat; once the registry is up, `sluice rollback` finds that it has happened and notes it.
 */
export async function rollBackAlone(url: string, runId: string, patience: Patience): Promise<void> {
  const client = await connectTarget(url);
  try {
    const order = (await hasLedger(client)) ? await readOrder(client, runId) : undefined;
    if (order === undefined) {
      throw new InputError(`This database knows no run ${runId}`, {
        remedy: 'Correct the id of the run, or the address of the database.',
      });
    }
    if (!(await lockRun(client, runId))) throw new Busy(runId);
    const phase = (await readLedger(client, runId))?.phase;
    if (phase === 'cleaned') return;
    if (phase === 'completed') {
      throw new InputError(`The old table of the run ${runId} is gone`, { remedy: 'There is no way back any more.' });
    }
    const context = { registry: undefined, patience, signal: new AbortController().signal };
    const run = { ...order, id: runId, state: 'rolling-back', progress: undefined } as const;
    const work = await prepareWork(context, run, client, await readRecordTable(client, run));
    if (phase === 'swapped') await patiently(work, (attempt) => attemptSwapBack(work, attempt));
    else await cleanUp(work);
    await validateReferences(work);
  } finally {
    await client.end();
  }
}
