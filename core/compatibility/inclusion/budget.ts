/** How much work one decision may take. The caller owns the clock: core has none. */
export interface Budget {
  /** Steps of the search; a step is some microseconds. */
  readonly steps?: number;
  /** Asked now and then; true ends the search. */
  readonly expired?: () => boolean;
}

export const defaultSteps = 250_000;

/** A cap was reached. Caught where a decision starts, which becomes `undecided`. */
export class Exhausted extends Error {
  override readonly name = 'Exhausted';
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** Counts the steps of one decision. */
export class Meter {
  private left: number;
  private readonly expired: (() => boolean) | undefined;
  private depth = 0;

  constructor(budget: Budget = {}) {
    this.left = budget.steps ?? defaultSteps;
    this.expired = budget.expired;
  }

  spend(steps = 1): void {
    const before = this.left;
    this.left -= steps;
    if (this.left < 0) throw new Exhausted('the search took more steps than allowed');
    // Asking for the time costs more than a step.
    if (Math.floor(before / 256) !== Math.floor(this.left / 256) && this.expired?.())
      throw new Exhausted('the search took more time than allowed');
  }

  /** The search recurses along the documents it builds; the stack is not endless. */
  deeper<T>(limit: number, run: () => T): T {
    if (this.depth >= limit) throw new Exhausted('the schemas are nested too deeply');
    this.depth += 1;
    try {
      return run();
    } finally {
      this.depth -= 1;
    }
  }
}
