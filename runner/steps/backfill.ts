import { copyBatch } from '../databases/postgres/copy.ts';
import { checkFence, readLedger, setPhase } from '../databases/postgres/ledger.ts';
import { transaction } from '../databases/postgres/transaction.ts';
import { patiently } from '../patiently.ts';
import { checkQuarantine } from '../quarantine.ts';
import { holdWhileNeeded, Throttle } from '../throttle.ts';
import { fenceOf, forwardOf, Stopped, type Work } from '../work.ts';
import { Carrier, carryOver, catchUp } from './carry-over.ts';
import { copyRanges } from './copy-ranges.ts';
import { CopyRate } from './copy-rate.ts';
import { Pace } from './pace.ts';
import { reportCopied } from './report-copied.ts';

/** Copies all records, and carries over what the application wrote meanwhile: a large table in ranges, together with other runners. */
export async function backfill(work: Work): Promise<void> {
  const { client, run, progress } = work;
  await copyRanges(work);
  await copyAlone(work);
  await catchUp(work);
  await checkQuarantine(work);
  await transaction(client, async () => {
    await checkFence(client, run.id, work.epoch);
    await setPhase(client, run.id, 'copied');
  });
  await progress.report({ total: progress.figures.records }, undefined, true);
}

/**
 * Copies the records that are in no range in key order, from the checkpoint on, in batches as long as the throttle says, and in between carries over
 * what the application wrote. Copy and carrying over take turns in one session: no key ever has two owners.
 */
async function copyAlone(work: Work): Promise<void> {
  const { client, run, plan, patience, progress, signal } = work;
  const ledger = await readLedger(client, run.id);
  let checkpoint = ledger?.checkpoint ?? null;
  const pace = new Pace(plan.migration.batch);
  const rate = new CopyRate();
  const throttle = new Throttle(client, patience, work.table);
  const carrier = new Carrier(work, throttle);
  for (;;) {
    if (signal.aborted) throw new Stopped();
    await holdWhileNeeded(work, throttle, () => carryOver(work));
    const before = performance.now();
    const from = checkpoint;
    const batch = await patiently(work, () =>
      copyBatch(client, fenceOf(work), forwardOf(work), from, pace.size, pace.streaming),
    );
    if (batch === undefined) return;
    checkpoint = batch.checkpoint;
    rate.add(batch.records);
    const { records, batches } = progress.figures;
    await reportCopied(work, {
      records: records + batch.records,
      batches: batches + 1,
      perSecond: rate.perSecond(),
      checkpoint,
    });
    if (batch.refused > 0) await checkQuarantine(work);
    const took = performance.now() - before;
    pace.went(batch, took, throttle.turn);
    await throttle.rest(took, signal);
    await carrier.carry();
  }
}
