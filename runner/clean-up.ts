import { dropRun } from './databases/postgres/cleanup.ts';
import { swapBack } from './databases/postgres/cutover.ts';
import { checkFence, readLedger, setPhase } from './databases/postgres/ledger.ts';
import { transaction } from './databases/postgres/transaction.ts';
import { patiently } from './patiently.ts';
import { backwardOf, fenceOf, type Work } from './work.ts';

/**
 * Drops all that a run has made, so that the catalog is as before. If the swap has happened all the same (it was called off in
 * the very moment), it is taken back first.
 */
export async function cleanUp(work: Work): Promise<void> {
  const { client, table, names } = work;
  const fence = fenceOf(work);
  await patiently(work, async () => {
    const phase = (await readLedger(client, fence.id))?.phase;
    if (phase === 'cleaned') return;
    if (phase === 'swapped') {
      await swapBack(client, fence, backwardOf(work), names, work.patience.lockTimeout, (session, place) =>
        dropRun(session, place, names),
      );
      return;
    }
    await transaction(client, async () => {
      await checkFence(client, fence.id, fence.epoch);
      await dropRun(client, table, names);
      await setPhase(client, fence.id, 'cleaned');
    });
  });
}
