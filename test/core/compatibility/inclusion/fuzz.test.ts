import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

describe('random pairs of schemas', () => {
  it('ajv and the specifications contradict no verdict', () => {
    const { tally, failures } = fuzz({ runs: 250, seed: 20_201_212, tries: 40 });
    expect(failures).toEqual([]);
    expect(tally.compatible).toBeGreaterThan(100);
    expect(tally.breaking).toBeGreaterThan(100);
    expect(tally.undecided / tally.pairs).toBeLessThan(0.03);
  });

  it('nor those of pairs that nobody has tried before', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { failures } = fuzz({ runs: 60, seed, tries: 40 });
    expect({ seed, failures }).toEqual({ seed, failures: [] });
  });
});
