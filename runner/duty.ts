/** Shares of the time, 0 to 1, between which the copy's moves, and the one it begins with. */
export interface DutyRange {
  readonly least: number;
  readonly start: number;
  readonly most: number;
}

/** On two cores the slowest hundredth of four clients' writes stays within twice what it is alone (`npm run bench:migration`, foreground). */
export const defaultRange: DutyRange = { least: 0.03, start: 0.05, most: 0.1 };

/** As gentle to begin with, up to what somebody allows. */
export function rangeUpTo(most: number): DutyRange {
  const { least, start } = defaultRange;
  return { least: Math.min(least, most), start: Math.min(start, most), most };
}

/** Added while all is well, as TCP does: slowly up, quickly down. */
const increase = 0.01;
const decrease = 2;
/** Times its usual time: up to here an answer came as fast as ever. */
const near = 1.25;
/** From here on it is late, by a millisecond at least: what takes half of one varies a lot by itself. */
const late = 2;
const leastDelay = 1;
/** Answers while the copy rests: the last half minute of them; fewer say nothing yet. */
const mostRested = 120;
const fewestRested = 5;
/** One late answer may be chance. */
const mostWorked = 3;

/**
 * The share that the copy takes next: more while the server answers as fast after a turn of the copy as it does at rest, half
 * as soon as it is late. `latency`, `baseline`: milliseconds.
 */
export function nextDuty(share: number, latency: number, baseline: number, { least, most }: DutyRange): number {
  if (latency > Math.max(late * baseline, baseline + leastDelay)) return Math.max(least, share / decrease);
  if (latency <= near * baseline) return Math.min(most, share + increase);
  return share;
}

/** The share of the time that the copy takes beside an application: fixed where it was given as one number, otherwise by how the server answers. */
export class Duty {
  readonly #range: DutyRange | undefined;
  readonly #rested: number[] = [];
  readonly #worked: number[] = [];
  #share: number;

  constructor(duty: number | DutyRange) {
    this.#range = typeof duty === 'number' ? undefined : duty;
    this.#share = typeof duty === 'number' ? duty : duty.start;
  }

  get share(): number {
    return this.#share;
  }

  get isFixed(): boolean {
    return this.#range === undefined;
  }

  /** The server has answered in so many milliseconds while the copy was at rest. */
  answeredAtRest(milliseconds: number): void {
    this.#rested.push(milliseconds);
    if (this.#rested.length > mostRested) this.#rested.shift();
  }

  /** The same right after a turn of the copy. */
  answeredAfterTurn(milliseconds: number): void {
    this.#worked.push(milliseconds);
    if (this.#worked.length > mostWorked) this.#worked.shift();
    if (this.#range === undefined || this.#rested.length < fewestRested) return;
    this.#share = nextDuty(this.#share, median(this.#worked), median(this.#rested), this.#range);
  }
}

/** The lower one of the two in the middle; of an empty list 0. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? 0;
}
