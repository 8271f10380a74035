/** Fewer in one transaction tell more of the transaction than of the keys. */
const fewestMeasured = 100;
/** So many in one say all that there is to say. */
const mostWeight = 5000;

/**
 * Keys in a second of work, after one more transaction that took so many milliseconds for so many keys: the more they were, the more it counts.
 * Undefined as long as nothing can be told.
 */
export function nextRate(rate: number | undefined, taken: number, milliseconds: number): number | undefined {
  if (taken < fewestMeasured) return rate;
  const now = (1000 * taken) / Math.max(milliseconds, 1);
  const weight = rate === undefined ? 1 : Math.min(1, taken / mostWeight);
  return Math.max(1, Math.round(weight * now + (1 - weight) * (rate ?? 0)));
}
