import type { Change } from './change.ts';
import type { CompatibilityMode, Verdict } from './verdict.ts';

/** All that is known about a pair of versions. Made by `compare`. */
export interface Comparison {
  /** old ⊆ new: does data valid under the old version stay valid under the new one? */
  readonly backward: Verdict;
  /** new ⊆ old: does data valid under the new version pass readers of the old one? */
  readonly forward: Verdict;
  readonly changes: readonly Change[];
  /** The mode that was asked for, and its answer: the worst of the directions it asks about. */
  readonly mode: CompatibilityMode;
  readonly verdict: Verdict['verdict'];
  /** What was assumed of writers: `open`, any valid document may exist (strict sets); `closed`, they emit declared properties only. */
  readonly producers?: 'open' | 'closed';
  /** The answer under the other assumption, when it would be another one. */
  readonly otherwise?: { readonly producers: 'open' | 'closed'; readonly verdict: Verdict['verdict'] };
}
