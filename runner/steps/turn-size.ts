/** Fewer are not worth a transaction of their own. */
const smallest = 100;

/**
 * How many records the next turn should have, so that it takes about `aim` milliseconds: after one of `size` that took so long. At most doubled or halved at
 * once, never more than `most`.
 */
export function nextSize(size: number, took: number, aim: number, most: number): number {
  const byTime = size * Math.min(2, Math.max(0.5, aim / Math.max(took, 1)));
  return Math.round(Math.max(Math.min(smallest, most), Math.min(byTime, most)));
}
