import { canonicalJson } from './canonical.ts';
import type { Json } from './json.ts';

const known = new WeakMap<readonly Json[], ReadonlyMap<string, Json>>();

/**
 * The values of a list by canonical text, each once. One map for a list, whoever asks: lists may hold megabytes.
 * The list must never change afterwards.
 */
export function canonicalValues(list: readonly Json[]): ReadonlyMap<string, Json> {
  const before = known.get(list);
  if (before) return before;
  const made = new Map<string, Json>();
  for (const value of list) made.set(canonicalJson(value), value);
  known.set(list, made);
  return made;
}
