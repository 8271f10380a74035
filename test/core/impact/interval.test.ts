import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveSize, shareInterval } from '../../../core/impact/interval.ts';

describe('the interval of a share', () => {
  it.each([
    // Values of Wilson's interval as R's prop.test(correct = FALSE) gives them.
    [15, 50, 0.191, 0.4375],
    [1, 10, 0.0179, 0.4042],
    [500, 1000, 0.4691, 0.5309],
  ])('of %d in %d is Wilson’s', (hits, n, lower, upper) => {
    const interval = shareInterval(hits / n, n);
    expect(interval.lower).toBeCloseTo(lower, 3);
    expect(interval.upper).toBeCloseTo(upper, 3);
  });

  it('is the rule of three when there is no hit, or nothing else', () => {
    expect(shareInterval(0, 1000)).toEqual({ lower: 0, upper: 0.003 });
    expect(shareInterval(1, 1000)).toEqual({ lower: 0.997, upper: 1 });
    expect(shareInterval(0, 2)).toEqual({ lower: 0, upper: 1 });
    expect(shareInterval(0.3, 0)).toEqual({ lower: 0, upper: 1 });
  });

  it('always holds the share, and lies between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, n) => {
        const share = Math.min(a, n) / n;
        const { lower, upper } = shareInterval(share, n);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(share);
        expect(upper).toBeGreaterThanOrEqual(share);
      }),
    );
  });

  it('holds the true share in about 95 of 100 samples, also of blocks whose rows are alike', () => {
    // A generator of our own with a fixed seed: the same samples every time.
    let state = 42;
    const random = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 2 ** 32;
    };
    const rowsPerBlock = 20;
    const truth = 0.1;
    let [aware, naive] = [0, 0];
    for (let trial = 0; trial < 400; trial++) {
      // Nine of ten blocks hold no hit, the others nothing but hits.
      const clusters = Array.from({ length: 200 }, () => ({
        rows: rowsPerBlock,
        hits: random() < truth ? rowsPerBlock : 0,
      }));
      const rows = clusters.length * rowsPerBlock;
      const share = clusters.reduce((sum, { hits }) => sum + hits, 0) / rows;
      const holds = (n: number) => {
        const { lower, upper } = shareInterval(share, n);
        return lower <= truth && truth <= upper;
      };
      if (holds(effectiveSize(clusters))) aware++;
      if (holds(rows)) naive++;
    }
    expect(aware / 400).toBeGreaterThan(0.92);
    expect(naive / 400).toBeLessThan(0.6);
  });
});

describe('the effective size of a sample of blocks', () => {
  it('is the number of rows when hits lie anywhere', () => {
    const clusters = Array.from({ length: 100 }, (_, at) => ({ rows: 10, hits: at % 2 === 0 ? 1 : 2 }));
    expect(effectiveSize(clusters)).toBe(1000);
  });

  it('is the number of blocks when a block is all hits or none, and when nothing varies', () => {
    const clusters = Array.from({ length: 100 }, (_, at) => ({ rows: 10, hits: at % 2 === 0 ? 10 : 0 }));
    expect(effectiveSize(clusters)).toBeCloseTo(99, 0);
    expect(effectiveSize(clusters.map(({ rows }) => ({ rows, hits: 0 })))).toBe(100);
    expect(effectiveSize(clusters.map(({ rows }) => ({ rows, hits: rows })))).toBe(100);
    expect(effectiveSize([{ rows: 10, hits: 3 }])).toBe(1);
    expect(effectiveSize([])).toBe(0);
  });
});
