import type { Client } from 'pg';
import { dropRun } from './databases/postgres/cleanup.ts';
import { swapBack } from './databases/postgres/cutover.ts';
import { checkFence, readLedger, setPhase } from './databases/postgres/ledger.ts';
import { namesOf } from './databases/postgres/names.ts';
import { abandonRanges } from './databases/postgres/plan-range.ts';
import { dropQuarantine } from './databases/postgres/quarantine.ts';
import { dropRanges, hasRanges } from './databases/postgres/ranges.ts';
import { dropTriggersOf } from './databases/postgres/stray-triggers.ts';
import { relationOf } from './databases/postgres/table.ts';
import { takeOver } from './databases/postgres/take-over.ts';
import { transaction } from './databases/postgres/transaction.ts';
import { patiently } from './patiently.ts';
import { emptyQuarantine } from './quarantine.ts';
import { validateReferences } from './steps/validate-references.ts';
import { backwardOf, fenceOf, type RunInHand, type Work } from './work.ts';

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
    // Whoever copies beside us must not write any more: what it writes to is dropped.
    await abandonRanges(client, fence);
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

/**
 * The same where the table is gone, or has no such columns any more. False after the swap: then the old table is all that is left
 * of the records, and nothing is dropped.
 */
export async function cleanUpWithoutTable(client: Client, run: RunInHand): Promise<boolean> {
  const place = relationOf(run.target);
  const names = namesOf(run.id);
  const epoch = await takeOver(client, run, place);
  return transaction(client, async () => {
    await checkFence(client, run.id, epoch);
    const phase = (await readLedger(client, run.id))?.phase;
    if (phase === 'swapped') return false;
    if (phase === 'cleaned') return true;
    for (const capture of [names.captureFunction, names.backFunction]) await dropTriggersOf(client, capture);
    if (await hasRanges(client)) await dropRanges(client, run.id);
    await dropRun(client, place, names);
    await dropQuarantine(client, names.quarantine);
    await setPhase(client, run.id, 'cleaned');
    return true;
  });
}
