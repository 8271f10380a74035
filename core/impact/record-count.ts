import type { CountedImpact, Impact } from './impact.ts';
import { shareInterval } from './interval.ts';

/** How many records of the whole table. `isExact`: `lower` and `upper` are the count itself; else an interval of 95 %. */
export interface RecordCount {
  readonly count: number;
  readonly lower: number;
  /** Undefined: as many as there are, which is not known. */
  readonly upper: number | undefined;
  readonly isExact: boolean;
}

/** The records of the table that the new version refuses. Undefined: nothing was counted. */
export function recordsTouched(impact: Impact | undefined): RecordCount | undefined {
  return impact?.status === 'counted' ? estimate(impact, impact.failing) : undefined;
}

/** What `found` among the records that were looked at means for the whole table. */
export function estimate({ scanned, complete, population, sample }: CountedImpact, found: number): RecordCount {
  if (complete) return { count: found, lower: found, upper: found, isExact: true };
  if (sample === undefined || population === undefined || scanned === 0) {
    // The first records say nothing of the others.
    return { count: found, lower: found, upper: population, isExact: false };
  }
  const share = found / scanned;
  const { lower, upper } = shareInterval(share, sample.effective);
  const whole = Math.max(population, scanned);
  return {
    count: Math.round(share * whole),
    // At least what was seen.
    lower: Math.max(found, Math.floor(lower * whole)),
    upper: Math.ceil(upper * whole),
    isExact: false,
  };
}

/** Seconds that reading and validating all records would take at the measured rate. Undefined: too little was measured. */
export function readingTime({ complete, scanned, population, rate }: CountedImpact): number | undefined {
  const records = complete ? scanned : population;
  return rate === undefined || records === undefined || scanned < leastMeasured ? undefined : records / rate;
}

/** Fewer are over before a clock tells anything. */
const leastMeasured = 500;
