import { expect, it } from 'vitest';
import { nextSize } from '../../../runner/steps/turn-size.ts';

it.each([
  ['keeps a size whose turn takes as long as it should', 1000, 20, 20, 1000],
  ['shrinks by the share that was too much', 1000, 25, 20, 800],
  ['doubles at most, however short the turn was', 1000, 0, 20, 2000],
  ['halves at most, however long it was', 1000, 5000, 20, 500],
  ['goes no lower than what is worth a transaction', 110, 5000, 5, 100],
  ['goes no higher than it may', 8000, 1, 100, 10_000],
])('%s', (_, size, took, aim, expected) => {
  expect(nextSize(size, took, aim, 10_000)).toBe(expected);
});

it('has fewer records than are worth a transaction where more may not be', () => {
  expect(nextSize(100, 1, 100, 7)).toBe(7);
});
