import { applyLog } from '../databases/postgres/apply.ts';
import type { Phase } from '../databases/postgres/ledger.ts';
import { vacuumLog } from '../databases/postgres/vacuum.ts';
import { patiently } from '../patiently.ts';
import { Throttle } from '../throttle.ts';
import { fenceOf, forwardOf, type Work } from '../work.ts';
import { nextRate } from './carry-rate.ts';
import { untilLittleIsLeft } from './until-little-is-left.ts';

/** Keys in one transaction, while the copy goes on beside. */
export const portion = 5000;

/** Entries after which the log is cleared of what was taken from it. */
const vacuumEvery = 20_000;

/** Carries over up to `limit` keys of what the application wrote (all: null). Returns how many there were. */
export async function carryOver(work: Work, limit: number | null = portion): Promise<number> {
  const { client, names, progress } = work;
  let took = 0;
  const taken = await patiently(work, async () => {
    const began = performance.now();
    const keys = await applyLog(client, fenceOf(work), forwardOf(work), names.log, limit, work.hasLanes);
    took = performance.now() - began;
    return keys;
  });
  if (taken === 0) return 0;
  const before = progress.figures.captured;
  const carriedPerSecond = nextRate(progress.figures.carriedPerSecond, taken, took);
  await progress.report({ captured: before + taken, carriedPerSecond });
  if (Math.floor(before / vacuumEvery) !== Math.floor((before + taken) / vacuumEvery)) {
    await patiently(work, () => vacuumLog(client, names.log));
  }
  return taken;
}

/** Carries over until little is left. */
export async function catchUp(work: Work): Promise<void> {
  await untilLittleIsLeft(() => carryOver(work), portion);
}

/** Phases in which what the application writes is noted, to be carried over. */
const noted: readonly Phase[] = ['capturing', 'copied', 'indexed', 'verified'];

/** What the application wrote while the run is held, where anything is noted yet. */
export async function carryOverGently(work: Work, phase: Phase): Promise<void> {
  if (!noted.includes(phase)) return;
  await new Carrier(work, new Throttle(work.client, work.patience, work.table)).carry();
}

/** Milliseconds between two times that it is done beside an application: each costs as much as a hundred keys. */
const every = 200;
const fewKeys = 200;

/** Carries over beside the copy, as gently as the copy itself: in turns with rests, unless more is written than gets carried over that way. */
export class Carrier {
  readonly #work: Work;
  readonly #throttle: Throttle;
  #last = 0;

  constructor(work: Work, throttle: Throttle) {
    this.#work = work;
    this.#throttle = throttle;
  }

  /** Nothing, when the last time was just now. */
  async carry(): Promise<void> {
    if (this.#throttle.isBusy && performance.now() - this.#last < every) return;
    for (let limit = this.#throttle.isBusy ? fewKeys : portion; ; limit = Math.min(2 * limit, portion)) {
      const before = performance.now();
      const taken = await carryOver(this.#work, limit);
      this.#last = performance.now();
      await this.#throttle.rest(this.#last - before, this.#work.signal);
      if (taken < limit) return;
    }
  }
}
