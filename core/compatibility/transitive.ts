import type { SchemaBundle } from '../schema/document.ts';
import { type CompareOptions, compare } from './compare.ts';
import type { Comparison } from './comparison.ts';
import { isTransitive, worst } from './mode.ts';
import type { Verdict } from './verdict.ts';

/** A new version against those before it. */
export interface History {
  /** One for each version that the mode asks about, oldest first. */
  readonly comparisons: readonly Comparison[];
  readonly verdict: Verdict['verdict'];
}

/** Compares with every earlier version in a transitive mode, else with the last one only. `versions` oldest first. */
export function compareWithHistory(
  versions: readonly SchemaBundle[],
  next: SchemaBundle,
  options: CompareOptions,
): History {
  const asked = isTransitive(options.mode) ? versions : versions.slice(-1);
  const comparisons = asked.map((version) => compare(version, next, options));
  return { comparisons, verdict: worst(comparisons.map(({ verdict }) => verdict)) };
}
