import type { Comparison } from '../compatibility/comparison.ts';
import { isTransitive } from '../compatibility/mode.ts';
import type { SchemaSet } from '../configuration/configuration.ts';
import { compareWithVersions, type EarlierBundle } from './layout/history.ts';
import type { EarlierVersion } from './layout/predecessors.ts';
import type { Side } from './load-side.ts';

/** A version before the predecessor, read. */
export interface EarlierSide {
  readonly of: EarlierVersion;
  readonly side: Side;
}

/** How many published versions one new one is compared with; more cannot be decided in time. */
export const mostEarlier = 100;

export interface Compared {
  readonly comparison?: Comparison;
  /** Why nothing, or not all, was compared. */
  readonly incomparable?: string;
}

/**
 * Compares the new version with the old one, and in transitive modes with all before it. What such a mode asks and nobody knows is undecided:
 * a file that changes in place keeps no earlier version.
 * @param earlier undefined when versions before the old one are out of sight
 */
export function compareSides(
  before: Side,
  after: Side,
  earlier: readonly EarlierSide[] | undefined,
  set: SchemaSet,
): Compared {
  if (before.state === 'loaded' && after.state === 'loaded') {
    const { compatibility: mode, formatAssertion, producers = 'open' } = set;
    const known = (earlier ?? []).slice(-mostEarlier).flatMap(({ of, side }): EarlierBundle[] => {
      return side.state === 'loaded' ? [{ version: of.version, bundle: side.bundle }] : [];
    });
    const comparison = compareWithVersions(known, before.bundle, after.bundle, { mode, formatAssertion, producers });
    const unknown = isTransitive(mode) ? unknownVersions(earlier) : undefined;
    if (unknown === undefined) return { comparison };
    const verdict = comparison.verdict === 'breaking' ? 'breaking' : 'undecided';
    return {
      comparison: { ...comparison, verdict },
      incomparable: `${mode} asks about every published version: ${unknown}`,
    };
  }
  if (after.state === 'unreadable') return { incomparable: after.problem.problem };
  if (before.state === 'unreadable') {
    return { incomparable: `The version on the base branch cannot be read: ${before.problem.problem}` };
  }
  return {};
}

/** Undefined when all are known. */
function unknownVersions(earlier: readonly EarlierSide[] | undefined): string | undefined {
  if (earlier === undefined) {
    return 'those before the last are not in the files. With `layout: immutable` they are; the mode without _TRANSITIVE asks about the last only';
  }
  if (earlier.length > mostEarlier) return `there are ${earlier.length + 1}, and ${mostEarlier + 1} were compared`;
  const unread = earlier.filter(({ side }) => side.state !== 'loaded').map(({ of }) => of.path);
  return unread.length === 0 ? undefined : `${unread.slice(0, 3).join(', ')} cannot be read`;
}
