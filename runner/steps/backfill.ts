import { type Batch, copyBatch } from '../databases/postgres/copy.ts';
import { checkFence, readLedger, setPhase } from '../databases/postgres/ledger.ts';
import { transaction } from '../databases/postgres/transaction.ts';
import { patiently } from '../patiently.ts';
import { checkQuarantine } from '../quarantine.ts';
import { holdWhileNeeded, Throttle } from '../throttle.ts';
import { fenceOf, forwardOf, Stopped, type Work } from '../work.ts';
import { Carrier, carryOver, catchUp } from './carry-over.ts';
import { nextSize } from './turn-size.ts';

const largest = 10_000;
const mostBytes = 8_000_000;

/**
 * Copies all records in key order, from the checkpoint on, in batches as long as the throttle says, and in between carries over
 * what the application wrote. Copy and carrying over take turns in one session: no key ever has two owners.
 */
export async function backfill(work: Work): Promise<void> {
  const { client, run, plan, patience, progress, signal } = work;
  const ledger = await readLedger(client, run.id);
  let checkpoint = ledger?.checkpoint ?? null;
  let size = Math.min(100, plan.migration.batch ?? 100);
  const most = Math.min(plan.migration.batch ?? largest, largest);
  const rate = startRate();
  const throttle = new Throttle(client, patience, work.table);
  const carrier = new Carrier(work, throttle);
  // After one that could not be streamed, so many are not tried.
  let careful = 0;
  for (;;) {
    if (signal.aborted) throw new Stopped();
    await holdWhileNeeded(work, throttle, () => carryOver(work));
    const before = performance.now();
    const from = checkpoint;
    const batch = await patiently(work, () =>
      copyBatch(client, fenceOf(work), forwardOf(work), from, size, careful === 0),
    );
    if (batch === undefined) break;
    checkpoint = batch.checkpoint;
    careful = batch.streamed ? 0 : careful === 0 ? 8 : careful - 1;
    rate.add(batch.records);
    await reportBatch(work, batch, rate.perSecond());
    if (batch.refused > 0) await checkQuarantine(work);
    const took = performance.now() - before;
    size = nextSize(size, took, throttle.turn, Math.min(most, mostOf(batch)));
    await throttle.rest(took, signal);
    await carrier.carry();
  }
  await catchUp(work);
  await checkQuarantine(work);
  await transaction(client, async () => {
    await checkFence(client, run.id, work.epoch);
    await setPhase(client, run.id, 'copied');
  });
  await progress.report({ total: progress.figures.records }, undefined, true);
}

/** As many of the width of this batch's as may be in memory at once: documents vary a thousandfold. */
function mostOf({ bytes, records }: Batch): number {
  return Math.max(1, Math.round(mostBytes / Math.max(bytes / Math.max(records, 1), 1)));
}

async function reportBatch({ progress, table }: Work, batch: Batch, perSecond: number): Promise<void> {
  const { figures } = progress;
  const records = figures.records + batch.records;
  const left = Math.max(0, figures.total - records);
  await progress.report({
    records,
    total: Math.max(figures.total, records),
    batches: figures.batches + 1,
    recordsPerSecond: Math.round(perSecond),
    remaining: perSecond > 0 ? Math.round(left / perSecond) : undefined,
    // A text key may be somebody's name.
    checkpoint: table.key.some(({ type }) => /^(text|character)/.test(type)) ? undefined : batch.checkpoint,
  });
}

/** Records per second over the last few seconds. */
function startRate(): { add(records: number): void; perSecond(): number } {
  const marks: { at: number; sum: number }[] = [{ at: performance.now(), sum: 0 }];
  return {
    add(records) {
      marks.push({ at: performance.now(), sum: (marks.at(-1)?.sum ?? 0) + records });
      while (marks.length > 2 && performance.now() - (marks[0]?.at ?? 0) > 5000) marks.shift();
    },
    perSecond() {
      const [first, last] = [marks[0], marks.at(-1)];
      if (first === undefined || last === undefined || last.at === first.at) return 0;
      return ((last.sum - first.sum) / (last.at - first.at)) * 1000;
    },
  };
}
