import { expect, it } from 'vitest';
import { nextRate } from '../../../runner/steps/carry-rate.ts';

it.each<[string, number | undefined, number, number, number | undefined]>([
  ['nothing is known of few keys', undefined, 99, 1, undefined],
  ['few keys change nothing', 20_000, 99, 1000, 20_000],
  ['the first transaction is all that is known', undefined, 200, 100, 2000],
  ['a whole portion says all', 2000, 5000, 250, 20_000],
  ['a tenth of one counts for a tenth', 2000, 500, 25, 3800],
  ['no time at all is a millisecond', undefined, 200, 0, 200_000],
  ['it is never nothing', 1, 100, 3_600_000, 1],
])('%s: after %s keys a second and %d in %d ms they are %s', (_what, rate, taken, milliseconds, next) => {
  expect(nextRate(rate, taken, milliseconds)).toBe(next);
});
