import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../core/compatibility/change.ts';
import type { CountedImpact } from '../../../../core/impact/impact.ts';
import { recordsTouched } from '../../../../core/impact/record-count.ts';
import { impactLine, recordsOf } from '../../../../core/rendering/comment/impact-line.ts';

const change = {} as Change;
const all: CountedImpact = {
  status: 'counted',
  scanned: 20_000,
  complete: true,
  failing: 62,
  invalidBefore: 0,
  byChange: new Map([[change, 62]]),
  samples: [],
};
const sampled: CountedImpact = {
  ...all,
  complete: false,
  population: 40_000_000,
  sample: { blocks: 2_500, effective: 15_000 },
  rate: 48_211,
};

describe('what a report says of the stored records', () => {
  it.each<[string, CountedImpact]>([
    ['all', all],
    ['a sample', sampled],
    ['a sample with some that were invalid before', { ...sampled, invalidBefore: 2 }],
    ['a sample in which none fails', { ...sampled, failing: 0, byChange: new Map() }],
    ['a sample of a small table', { ...sampled, population: 210_000, rate: 48_000 }],
    ['what was read until the time limit', { ...all, complete: false, stopped: 'time', population: 4_000_000 }],
    ['the first ones of a view', { ...all, complete: false, stopped: 'records' }],
  ])('when %s were read', (name, impact) => {
    expect(`${impactLine(impact)}\n${recordsOf(change, impact, false)}`).toMatchSnapshot(name);
  });

  it('never makes an interval narrower by rounding it', () => {
    const line = impactLine(sampled) ?? '';
    const [, lower = '', upper = ''] = /\(([\d,]+)–([\d,]+), 95 %\)/.exec(line) ?? [];
    const number = (text: string) => Number(text.replaceAll(',', ''));
    const exact = recordsTouched(sampled);
    expect(number(lower)).toBeLessThanOrEqual(exact?.lower ?? 0);
    expect(number(upper)).toBeGreaterThanOrEqual(exact?.upper ?? Infinity);
    expect(number(upper) - number(lower)).toBeLessThan(1.02 * ((exact?.upper ?? 0) - (exact?.lower ?? 0)));
  });
});
