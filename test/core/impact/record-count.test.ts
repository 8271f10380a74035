import { describe, expect, it } from 'vitest';
import type { CountedImpact } from '../../../core/impact/impact.ts';
import { readingTime, recordsTouched } from '../../../core/impact/record-count.ts';

const counted: CountedImpact = {
  status: 'counted',
  scanned: 1_000,
  complete: true,
  failing: 100,
  invalidBefore: 0,
  byChange: new Map(),
  samples: [],
};

describe('the records that a change touches', () => {
  it('are not known when nothing was counted', () => {
    expect(recordsTouched({ status: 'unknown', reason: 'no database' })).toBeUndefined();
    expect(recordsTouched(undefined)).toBeUndefined();
  });

  it('are exact when all were looked at', () => {
    expect(recordsTouched(counted)).toEqual({ count: 100, lower: 100, upper: 100, isExact: true });
  });

  it('are at least those found when the first were looked at, and nobody knows about the others', () => {
    const first = { ...counted, complete: false };
    expect(recordsTouched(first)).toEqual({ count: 100, lower: 100, upper: undefined, isExact: false });
    expect(recordsTouched({ ...first, population: 5_000 })).toMatchObject({ lower: 100, upper: 5_000 });
  });

  it('are an estimate with its interval when a sample was looked at', () => {
    const sampled = { ...counted, complete: false, population: 1_000_000, sample: { blocks: 500, effective: 1_000 } };
    expect(recordsTouched(sampled)).toEqual({ count: 100_000, lower: 82_909, upper: 120_152, isExact: false });
    const blocky = { ...sampled, sample: { blocks: 500, effective: 100 } };
    expect(recordsTouched(blocky)?.upper).toBeGreaterThan(170_000);
    expect(recordsTouched({ ...sampled, failing: 0 })).toMatchObject({ count: 0, lower: 0, upper: 3_000 });
    expect(recordsTouched({ ...sampled, failing: 1, sample: { blocks: 2, effective: 2 } })?.lower).toBeGreaterThan(0);
  });
});

describe('the time that reading all records takes', () => {
  it('follows from the measured rate, unless too little was measured', () => {
    expect(readingTime({ ...counted, rate: 500 })).toBe(2);
    expect(readingTime({ ...counted, complete: false, population: 60_000, rate: 500 })).toBe(120);
    expect(readingTime({ ...counted, scanned: 10, rate: 500 })).toBeUndefined();
    expect(readingTime({ ...counted, complete: false, rate: 500 })).toBeUndefined();
    expect(readingTime(counted)).toBeUndefined();
  });
});
