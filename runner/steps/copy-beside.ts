import type { RunState } from '../../core/migration/states.ts';
import { copyInRange } from '../databases/postgres/copy-range.ts';
import { beat, claimRange, type HeldRange, Revoked, releaseRange, surveyRanges } from '../databases/postgres/ranges.ts';
import { holderName } from '../holder-name.ts';
import { patiently } from '../patiently.ts';
import { holdWhileNeeded, Throttle } from '../throttle.ts';
import { forwardOf, Stopped, type Work } from '../work.ts';
import { Pace } from './pace.ts';

/** Milliseconds between two looks at what the others do, and whether the run is still wanted. */
const every = 1000;

/** What a runner has that copies beside the one that has the run. */
export type LaneWork = Omit<Work, 'epoch' | 'sharing' | 'hasLanes'>;

/** What a lane asks those who know. */
export interface LaneQuestions {
  /** What the registry says of the run: a person may have called it off while the runner that has it is dead. */
  readState(this: void): Promise<RunState | undefined>;
  /** Whether an error would befall only this runner, or nobody, so that others may go on with the range. */
  isPassing(this: void, error: unknown): boolean;
  /** Whether to take another range. */
  goesOn(this: void): boolean;
}

/**
 * Copies ranges of a run that another runner has, one after the other, until none is free. When it throws, it has given the range back that it was at: to anybody, or
 * else to the runner that has the run, which meets the same and deals with it.
 */
export async function copyBeside(work: LaneWork, { readState, isPassing, goesOn }: LaneQuestions): Promise<void> {
  const { client, run } = work;
  const throttle = new Throttle(client, work.patience, work.table);
  const pace = new Pace(work.plan.migration.batch);
  const holder = holderName();
  while (goesOn()) {
    const range = await patiently(work, () => claimRange(client, { runId: run.id, holder }));
    if (range === undefined) return;
    const lane = new Lane(work, { throttle, pace, readState, holder, range });
    try {
      await lane.copyAll();
    } catch (error) {
      if (error instanceof Revoked) continue;
      await releaseRange(client, lane.range, !isPassing(error)).catch(() => undefined);
      throw error;
    }
  }
}

interface LaneParts {
  readonly throttle: Throttle;
  readonly pace: Pace;
  readonly readState: () => Promise<RunState | undefined>;
  readonly holder: string;
  readonly range: HeldRange;
}

/** One range, and whoever copies it. */
class Lane {
  readonly #work: LaneWork;
  readonly #parts: LaneParts;
  #looked = Number.NEGATIVE_INFINITY;
  range: HeldRange;

  constructor(work: LaneWork, parts: LaneParts) {
    this.#work = work;
    this.#parts = parts;
    this.range = parts.range;
  }

  async copyAll(): Promise<void> {
    const { client, signal } = this.#work;
    const { throttle, pace } = this.#parts;
    for (;;) {
      if (signal.aborted) throw new Stopped();
      await holdWhileNeeded(this.#work, throttle, () => beat(client, this.range));
      await this.#look();
      const before = performance.now();
      const { size, streaming } = pace;
      const batch = await patiently(this.#work, () =>
        copyInRange(client, this.range, forwardOf(this.#work), size, { streaming, gated: true }),
      );
      this.range = batch.range;
      const took = performance.now() - before;
      if (batch.records > 0) pace.went(batch, took, throttle.turn);
      await throttle.rest(took, signal);
      if (batch.done) return;
    }
  }

  async #look(): Promise<void> {
    if (performance.now() - this.#looked < every) return;
    const { client, run } = this.#work;
    if ((await this.#parts.readState()) !== 'backfilling') throw new Stopped();
    this.#parts.throttle.lanes = (await surveyRanges(client, run.id, this.#parts.holder)).others + 1;
    this.#looked = performance.now();
  }
}
