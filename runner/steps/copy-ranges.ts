import { copyInRange, type RangeBatch } from '../databases/postgres/copy-range.ts';
import { waitForRunners } from '../databases/postgres/gate.ts';
import { checkFence, readLedger } from '../databases/postgres/ledger.ts';
import { planRange, settleRanges } from '../databases/postgres/plan-range.ts';
import {
  claimRange,
  closeLanes,
  ensureRanges,
  type HeldRange,
  hasRanges,
  openLanes,
  Revoked,
  surveyRanges,
} from '../databases/postgres/ranges.ts';
import { transaction } from '../databases/postgres/transaction.ts';
import { holderName } from '../holder-name.ts';
import { patiently, pause } from '../patiently.ts';
import { checkQuarantine } from '../quarantine.ts';
import { holdWhileNeeded, Throttle } from '../throttle.ts';
import { fenceOf, forwardOf, Stopped, type Work } from '../work.ts';
import { Carrier, carryOver } from './carry-over.ts';
import { CopyRate } from './copy-rate.ts';
import { Pace } from './pace.ts';
import { reportCopied } from './report-copied.ts';

/** Ranges that are planned ahead: enough for as many runners to go on while this one is at a batch. */
const ahead = 8;
/** Milliseconds between two looks at what the others do. */
const every = 1000;
/** Milliseconds to wait while others are at the last ranges. */
const short = 100;

/**
 * Copies a table in ranges of its key order, each of which one runner has for itself, and asks others to take some; this one, which has the run, plans them, takes
 * its part, and alone carries over what the application writes. When it returns, all ranges are copied and nobody else writes. Nothing where the table is
 * too small to share, or nobody can be asked, unless there are ranges from before.
 */
export async function copyRanges(work: Work): Promise<void> {
  const { client, run, sharing, progress } = work;
  const { records, total } = progress.figures;
  const isShared = sharing !== undefined && total - records >= 2 * sharing.portion;
  if (isShared) await ensureRanges(client);
  else if (!(await hasRanges(client)) || (await surveyRanges(client, run.id, '')).all === 0) return;
  await new SharedCopy({ ...work, sharing: isShared ? sharing : undefined, hasLanes: isShared }).run();
}

class SharedCopy {
  readonly #work: Work;
  readonly #holder = holderName();
  readonly #throttle: Throttle;
  readonly #carrier: Carrier;
  readonly #pace: Pace;
  readonly #rate = new CopyRate();
  #range: HeldRange | undefined;
  #isPlanned: boolean;
  #looked = Number.NEGATIVE_INFINITY;
  #rounds = 0;
  /** What was copied outside of the ranges that there are. */
  #before = { records: 0, batches: 0 };

  constructor(work: Work) {
    this.#work = work;
    this.#throttle = new Throttle(work.client, work.patience, work.table);
    this.#carrier = new Carrier(work, this.#throttle);
    this.#pace = new Pace(work.plan.migration.batch);
    this.#isPlanned = work.sharing === undefined;
  }

  async run(): Promise<void> {
    const work = this.#work;
    try {
      if (work.hasLanes) await patiently(work, () => this.#open());
      const ledger = await readLedger(work.client, work.run.id);
      this.#before = { records: Number(ledger?.copied ?? 0), batches: Number(ledger?.batches ?? 0) };
      await this.#copyAll();
    } catch (error) {
      // Where even that fails the connection is gone, and whoever takes the run over closes them.
      await this.#close().catch(() => undefined);
      throw error;
    }
    await patiently(work, () => settleRanges(work.client, fenceOf(work)));
    await work.progress.report({ runners: undefined });
  }

  async #open(): Promise<void> {
    const { client, run, epoch } = this.#work;
    await transaction(client, async () => {
      await checkFence(client, run.id, epoch);
      await openLanes(client, run.id);
    });
  }

  async #close(): Promise<void> {
    const { client, run, epoch } = this.#work;
    const close = async () => {
      await checkFence(client, run.id, epoch);
      await closeLanes(client, run.id);
    };
    await transaction(client, close, { first: waitForRunners });
  }

  async #copyAll(): Promise<void> {
    const work = this.#work;
    for (;;) {
      if (work.signal.aborted) throw new Stopped();
      await holdWhileNeeded(work, this.#throttle, () => carryOver(work));
      const left = await this.#look();
      this.#range ??= await this.#claim();
      if (this.#range !== undefined) {
        await this.#copy(this.#range);
      } else if (left === 0 && this.#isPlanned) {
        return;
      } else {
        // Others have the last of them; from whoever has died they are taken over.
        await pause(short, work.signal);
      }
      await this.#carrier.carry();
    }
  }

  #claim(): Promise<HeldRange | undefined> {
    const { client, run, epoch } = this.#work;
    return patiently(this.#work, () => claimRange(client, { runId: run.id, holder: this.#holder, epoch }));
  }

  async #copy(range: HeldRange): Promise<void> {
    const work = this.#work;
    const { client, progress, signal } = work;
    const { size, streaming } = this.#pace;
    const before = performance.now();
    let batch: RangeBatch;
    try {
      // Not gated: this very session carries over.
      batch = await patiently(work, () =>
        copyInRange(client, range, forwardOf(work), size, { streaming, gated: false }),
      );
    } catch (error) {
      if (!(error instanceof Revoked)) throw error;
      // It was so long at something else that it was taken for dead.
      this.#range = undefined;
      return;
    }
    this.#range = batch.done ? undefined : batch.range;
    if (batch.records === 0) return;
    this.#rate.add(batch.records);
    const { records, batches } = progress.figures;
    await this.#report(records + batch.records, batches + 1, batch.range.after);
    if (batch.refused > 0) await checkQuarantine(work);
    const took = performance.now() - before;
    this.#pace.went(batch, took, this.#throttle.turn);
    await this.#throttle.rest(took, signal);
  }

  /** Looks at what the others do, and plans ahead. Returns how many ranges are not done; undefined: it is not time to look. */
  async #look(): Promise<number | undefined> {
    if (this.#range !== undefined && performance.now() - this.#looked < every) return undefined;
    const work = this.#work;
    const { client, run, progress } = work;
    const { copied, batches, others, free, left } = await surveyRanges(client, run.id, this.#holder);
    this.#looked = performance.now();
    const records = this.#before.records + copied;
    this.#rate.add(Math.max(0, records - progress.figures.records));
    this.#throttle.lanes = others + 1;
    await progress.report({ runners: others === 0 ? undefined : others + 1 });
    await this.#report(records, this.#before.batches + batches, null);
    if (others > 0) await checkQuarantine(work);
    return left + (await this.#plan(free));
  }

  /** Returns how many ranges it has added. */
  async #plan(free: number): Promise<number> {
    const work = this.#work;
    const { client, run, epoch, sharing, signal } = work;
    if (sharing === undefined) return 0;
    let added = 0;
    for (const wanted = free < ahead / 2 ? ahead - free : 0; added < wanted && !this.#isPlanned; ) {
      const before = performance.now();
      const range = await patiently(work, () => planRange(client, fenceOf(work), forwardOf(work), sharing.portion));
      this.#isPlanned = range === undefined || range.last;
      if (range !== undefined) added += 1;
      await this.#throttle.rest(performance.now() - before, signal);
    }
    // Those that are left from before are asked for at the first look.
    const open = added + (this.#rounds === 0 ? free : 0);
    if (open > 0) sharing.invite(run.id, `${epoch}-${this.#rounds++}`, open);
    return added;
  }

  async #report(records: number, batches: number, checkpoint: string | null): Promise<void> {
    const perSecond = this.#rate.perSecond();
    await reportCopied(this.#work, { records, batches, perSecond, checkpoint });
  }
}
