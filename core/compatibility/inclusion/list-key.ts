import { createHash } from 'node:crypto';

const longest = 4096;

/** The same text for lists of the same texts in any order: the texts themselves, or a SHA-256 of them when they are long. */
export function listKey(texts: Iterable<string>): string {
  const sorted = [...texts].sort();
  if (sorted.reduce((sum, { length }) => sum + length + 1, 0) <= longest) return sorted.join(',');
  const hash = createHash('sha256');
  for (const text of sorted) hash.update(text).update(',');
  return `sha256 ${hash.digest('hex')}`;
}
