import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';

/**
 * Negative when `a` comes before `b`. Semantic versions by their own rules; else number by number, so that Iglu's 1-0-0 and a plain 2 have
 * an order as well. 0: the same version, in whatever spelling.
 */
export function compareVersions(a: string, b: string): number {
  if (valid(a) !== null && valid(b) !== null) return compare(a, b);
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0n) - (right[at] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

function numbersOf(version: string): bigint[] {
  return (version.match(/^\d+(?:[.-]\d+){0,2}/)?.[0] ?? '').split(/[.-]/).map(BigInt);
}
