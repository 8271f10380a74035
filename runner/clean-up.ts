import { dropRun } from './databases/postgres/cleanup.ts';
import { swapBack } from './databases/postgres/cutover.ts';
import { checkFence, readLedger, setPhase } from './databases/postgres/ledger.ts';
import { dropQuarantine } from './databases/postgres/quarantine.ts';
import { transaction } from './databases/postgres/transaction.ts';
import { patiently } from './patiently.ts';
import { emptyQuarantine } from './quarantine.ts';
import { validateReferences } from './steps/validate-references.ts';
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
      await swapBack(client, fence, backwardOf(work), names, work.patience.lockTimeout, {
        drained: (session, old) => emptyQuarantine(work, session, old),
        swapped: (session, place) => dropRun(session, place, names),
      });
      await validateReferences(work);
      return;
    }
    await transaction(client, async () => {
      await checkFence(client, fence.id, fence.epoch);
      // Seen again under the fence: nobody else can have swapped since.
      if ((await readLedger(client, fence.id))?.phase === 'swapped') throw new Error('The swap has happened.');
      await dropRun(client, table, names);
      await dropQuarantine(client, names.quarantine);
      await setPhase(client, fence.id, 'cleaned');
    });
  });
}
