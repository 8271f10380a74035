import type { Change } from '../../compatibility/change.ts';
import type { CompareOptions } from '../../compatibility/compare.ts';
import type { Comparison } from '../../compatibility/comparison.ts';
import { compareWithHistory } from '../../compatibility/transitive.ts';
import type { Verdict } from '../../compatibility/verdict.ts';
import { canonicalJson } from '../../schema/canonical.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import { changeVerdict } from '../asked.ts';

export interface EarlierBundle {
  readonly version: string;
  readonly bundle: SchemaBundle;
}

/**
 * The comparison with the predecessor, and whatever else breaks against versions before it: their changes are told with the version that
 * they are against. `earlier` oldest first.
 */
export function compareWithVersions(
  earlier: readonly EarlierBundle[],
  predecessor: SchemaBundle,
  next: SchemaBundle,
  options: CompareOptions,
): Comparison {
  const bundles = [...earlier.map(({ bundle }) => bundle), predecessor];
  const { comparisons, verdict } = compareWithHistory(bundles, next, options);
  const last = comparisons.at(-1);
  if (!last) throw new Error('a comparison with the predecessor is missing');
  const before = comparisons.slice(0, -1);
  const told = new Set(last.changes.filter((change) => isStopped(change, options)).map(essence));
  const more = before.flatMap((comparison, at) =>
    comparison.changes
      .filter((change) => isStopped(change, options))
      .filter((change) => !told.has(essence(change)) && told.add(essence(change)))
      .map((change): Change => ({ ...change, summary: `against ${earlier[at]?.version}: ${change.summary}` })),
  );
  const backward = worstOf([last, ...before].map((comparison) => comparison.backward));
  const forward = worstOf([last, ...before].map((comparison) => comparison.forward));
  return { ...last, backward, forward, verdict, changes: [...last.changes, ...more] };
}

function isStopped(change: Change, { mode }: CompareOptions): boolean {
  return changeVerdict(mode, change) !== 'compatible';
}

function essence({ kind, pointer, subject, before, after }: Change): string {
  return canonicalJson([kind, pointer, subject, before ?? null, after ?? null]);
}

/** The first of the worst: the predecessor's own where it is as bad as any. */
function worstOf(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ verdict }) => verdict === 'breaking') ??
    verdicts.find(({ verdict }) => verdict === 'undecided') ?? { verdict: 'compatible' }
  );
}
