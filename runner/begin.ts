import type { Client } from 'pg';
import { bindingWindows } from '../registry/binding-windows.ts';
import type { Run } from '../registry/runs/run.ts';
import { advance } from './advance.ts';
import { checkBackup } from './backup.ts';
import { checkConditions } from './check-conditions.ts';
import { checkRecordCount } from './check-record-count.ts';
import { checkRecordVersion } from './check-record-version.ts';
import { checkRoom } from './check-room.ts';
import type { RunnerContext } from './context.ts';
import { bindWindows } from './databases/postgres/bound-windows.ts';
import { abandonRun } from './databases/postgres/ledger.ts';
import { describeError, isTransient } from './errors.ts';
import { fail, isPassing } from './fail.ts';
import { isEmpty, precheck, prepareWork } from './prepare.ts';
import { Superseded } from './progress.ts';
import { publishRun } from './publish.ts';
import { verifyOrder } from './verify-order.ts';

/** Checks that write nothing; then the first write, unless there is nothing to move. */
export async function begin(context: RunnerContext, run: Run, client: Client): Promise<void> {
  const { registry } = context;
  try {
    const refusal = await verifyOrder(registry, run);
    if (refusal !== undefined) {
      await fail(registry, run, refusal);
      return;
    }
    const table = await precheck(client, run);
    await checkRecordVersion(registry, run);
    if (await isEmpty(client, table)) {
      const also = (db: Parameters<typeof publishRun>[0]) => publishRun(db, run);
      await advance(registry, run, 'completed', { step: 'the table is empty', also });
      return;
    }
    await checkConditions(registry, client, run, table);
    await checkRecordCount(registry, client, run, table);
    await checkRoom(context, run, client, table);
    const { plan, epoch } = await prepareWork(context, run, client, table);
    checkBackup(context, plan.options.backup);
    await bindWindows(client, { id: run.id, epoch }, (await bindingWindows(registry, run)).lasting);
  } catch (error) {
    if (isTransient(error) || isPassing(error)) throw error;
    await abandonRun(client, run.id);
    await fail(registry, run, describeError(error));
    return;
  }
  try {
    await advance(registry, run, 'shadowing');
  } catch (error) {
    // Called off in this very moment: nothing was made, and nothing holds the table.
    if (error instanceof Superseded) await abandonRun(client, run.id);
    throw error;
  }
}
