import { NotNow, swap } from '../databases/postgres/cutover.ts';
import { lookAhead } from '../databases/postgres/look-ahead.ts';
import { withPlansKept } from '../databases/postgres/planned.ts';
import {
  longFrom,
  longTransactionsOn,
  oldSnapshots,
  preparedTransactionsOn,
  serverTime,
} from '../databases/postgres/sessions.ts';
import { patiently, pause } from '../patiently.ts';
import { checkLimit } from '../quarantine.ts';
import { mustBeOpen } from '../window-gate.ts';
import { fenceOf, forwardOf, type Work } from '../work.ts';
import { carryOver, catchUp } from './carry-over.ts';

/** Times, 20 ms apart, to look again whether sessions with old snapshots have gone. */
const looks = 25;

/** Swaps the tables, trying again with growing pauses until it is done or the patience is over. */
export async function cutOver(work: Work): Promise<void> {
  const { client, patience, progress } = work;
  await patiently(work, async (attempt) => {
    await catchUp(work);
    const crossing = forwardOf(work);
    await lookAhead(client, crossing.from, crossing.to);
    await carryOver(work, null);
    await waitUntilClear(work, attempt);
    const isOpenStill = await mustBeOpen(work);
    await progress.report({}, attempt === 1 ? 'swapping the tables' : `swapping the tables, attempt ${attempt}`);
    const lockTimeout = Math.min(patience.lockTimeout * (1 + attempt / 4), 200);
    const drained = await withPlansKept(client, () =>
      swap(client, fenceOf(work), crossing, work.names, Math.round(lockTimeout), async () => {
        isOpenStill();
        await checkLimit(work);
      }),
    );
    await progress.report({ captured: progress.figures.captured + drained });
  });
}

/** Looks before asking for the lock, so that nobody has to queue behind us. Throws `NotNow` with the reasons. */
export async function waitUntilClear(
  { client, table, signal }: Pick<Work, 'client' | 'table' | 'signal'>,
  attempt: number,
): Promise<void> {
  const since = await serverTime(client);
  for (let look = 1; ; look++) {
    const blockers = [
      ...(await longTransactionsOn(client, table.oid, longFrom(attempt))),
      ...(await preparedTransactionsOn(client, table.oid)),
      ...(await oldSnapshots(client, since)),
    ];
    if (blockers.length === 0) return;
    if (look >= looks) throw new NotNow(blockers);
    await pause(20, signal);
  }
}
