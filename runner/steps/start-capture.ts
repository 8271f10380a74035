import { createCapture, createLog } from '../databases/postgres/capture.ts';
import { NotNow } from '../databases/postgres/cutover.ts';
import { checkFence, setPhase } from '../databases/postgres/ledger.ts';
import { longFrom, longTransactionsOn } from '../databases/postgres/sessions.ts';
import { transaction } from '../databases/postgres/transaction.ts';
import { patiently } from '../patiently.ts';
import { fenceOf, type Work } from '../work.ts';

/**
 * From its commit on, every written key is in the log. CREATE TRIGGER waits until no writer is in flight, so a snapshot taken
 * later together with the log misses nothing.
 */
export async function startCapture(work: Work): Promise<void> {
  const { client, table, names } = work;
  const fence = fenceOf(work);
  const capture = {
    on: table,
    key: table.key,
    log: names.log,
    function: names.captureFunction,
    trigger: names.captureTrigger,
  };
  await patiently(work, async (attempt) => {
    const blockers = await longTransactionsOn(client, table.oid, longFrom(attempt));
    if (blockers.length > 0) throw new NotNow(blockers);
    await transaction(client, async () => {
      await checkFence(client, fence.id, fence.epoch);
      await createLog(client, capture);
      await createCapture(client, capture);
      await setPhase(client, fence.id, 'capturing');
    });
  });
}
