import type { Client } from 'pg';
import type { Run } from '../registry/runs/run.ts';
import { advance } from './advance.ts';
import type { RunnerContext } from './context.ts';
import { dropRun } from './databases/postgres/cleanup.ts';
import { checkFence, readLedger, setPhase } from './databases/postgres/ledger.ts';
import { transaction } from './databases/postgres/transaction.ts';
import { patiently } from './patiently.ts';
import { prepareWork, readRecordTable } from './prepare.ts';
import { releaseQuarantine } from './quarantine.ts';

/** Drops the old table and what is left of the capture. From here on there is no way back. Safe to repeat. */
export async function completeRun(context: RunnerContext, run: Run, client: Client): Promise<void> {
  const work = await prepareWork(context, run, client, await readRecordTable(client, run));
  await patiently(work, async () => {
    const phase = (await readLedger(client, run.id))?.phase;
    if (phase === 'completed') return;
    if (phase !== 'swapped')
      throw new Error(`The run ${run.id} cannot be completed: its ledger says ${phase ?? 'nothing'}.`);
    await transaction(client, async () => {
      await checkFence(client, run.id, work.epoch);
      await dropRun(client, work.table, work.names);
      await releaseQuarantine(work, client);
      await setPhase(client, run.id, 'completed');
    });
  });
  await work.progress.report({ rollbackAvailable: false }, 'the old table is gone', true);
  await advance(context.registry, run, 'completed');
}
