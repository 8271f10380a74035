import type { CopiedPage } from '../databases/postgres/copy-page.ts';
import { nextSize } from './turn-size.ts';

const first = 100;
const largest = 10_000;
const mostBytes = 8_000_000;
/** After a batch that could not be streamed, so many are not tried. */
const carefulFor = 8;

/** How large the next batch of a copy is, and in which way it is tried, after those before it. */
export class Pace {
  readonly #most: number;
  #size: number;
  #careful = 0;

  /** `most`: records in one batch, where the migration file says so. */
  constructor(most: number | undefined) {
    this.#most = Math.min(most ?? largest, largest);
    this.#size = Math.min(first, this.#most);
  }

  get size(): number {
    return this.#size;
  }

  get streaming(): boolean {
    return this.#careful === 0;
  }

  /** After a batch that took so many milliseconds; the next is to take `turn`. */
  went(batch: CopiedPage, took: number, turn: number): void {
    this.#careful = batch.streamed ? 0 : this.#careful === 0 ? carefulFor : this.#careful - 1;
    this.#size = nextSize(this.#size, took, turn, Math.min(this.#most, mostOf(batch)));
  }
}

/** As many of the width of this batch's as may be in memory at once: documents vary a thousandfold. */
function mostOf({ bytes, records }: CopiedPage): number {
  return Math.max(1, Math.round(mostBytes / Math.max(bytes / Math.max(records, 1), 1)));
}
