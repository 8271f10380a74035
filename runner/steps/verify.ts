import { checkFence, setPhase } from '../databases/postgres/ledger.ts';
import { nextPage, type Page } from '../databases/postgres/page.ts';
import { transaction } from '../databases/postgres/transaction.ts';
import { comparePage, hasTruncation } from '../databases/postgres/verify.ts';
import { StepFailed } from '../errors.ts';
import { patiently } from '../patiently.ts';
import { verifyQuarantine } from '../quarantine.ts';
import { holdWhileNeeded, Throttle } from '../throttle.ts';
import { fenceOf, forwardOf, Stopped, type Work } from '../work.ts';
import { Carrier, carryOver, catchUp } from './carry-over.ts';
import { nextSize } from './turn-size.ts';

/** Records, at the first page and at most. */
const firstPage = 500;
const largestPage = 5000;

/** Compares every record with what the transform makes of it, both ways, page by page. Throws `StepFailed` at a difference. */
export async function verify(work: Work): Promise<void> {
  const { client, names, run, progress } = work;
  const crossing = forwardOf(work);
  await catchUp(work);
  let after: string | null = null;
  let verified = 0;
  let size = firstPage;
  const throttle = new Throttle(client, work.patience, work.table);
  const carrier = new Carrier(work, throttle);
  for (;;) {
    if (work.signal.aborted) throw new Stopped();
    await holdWhileNeeded(work, throttle, () => carryOver(work));
    const before = performance.now();
    const from: string | null = after;
    const page: Page | undefined = await patiently(work, () =>
      nextPage(client, crossing.table, crossing.from, from, size),
    );
    const end: string | null = page?.end ?? null;
    const [difference] = await patiently(work, () => comparePage(client, crossing, names.log, from, end));
    if (difference !== undefined) {
      throw new StepFailed(
        'record-differs',
        `The record ${difference.key} is ${difference.kind} in the new table.`,
        crossing.passage.script === undefined
          ? 'Nothing was changed. Please report it: the copy and the application disagree about this record.'
          : 'Nothing was changed. The script must make the same of the same record each time: not of the time, of chance, or of what a host says today.',
      );
    }
    // While the log says that the table was emptied, a comparison means nothing.
    if (await hasTruncation(client, work.table.key, names.log)) {
      await catchUp(work);
      continue;
    }
    verified += page?.records ?? 0;
    await progress.report({}, `verifying: ${verified} of ${progress.figures.records} records`);
    const took = performance.now() - before;
    size = nextSize(size, took, throttle.turn, largestPage);
    await throttle.rest(took, work.signal);
    await carrier.carry();
    if (end === null) break;
    after = end;
  }
  await verifyQuarantine(work);
  const fence = fenceOf(work);
  await transaction(client, async () => {
    await checkFence(client, fence.id, fence.epoch);
    await setPhase(client, run.id, 'verified');
  });
}
