import type { Impact } from '../impact/impact.ts';
import type { Review } from '../review/review.ts';

/** Everything that is known, as plain data for programs: `sluice-report.json`, `--format json`. */
export function reportJson(review: Review, impact: ReadonlyMap<string, Impact>): object {
  return {
    format: 1,
    ...review,
    // The texts are in the repository, at the commits named.
    schemas: review.schemas.map(({ oldText: _old, newText: _new, oldFiles: _before, newFiles: _after, ...schema }) => ({
      ...schema,
      impact: impactJson(impact.get(schema.path), schema.comparison?.changes ?? []),
    })),
  };
}

function impactJson(impact: Impact | undefined, changes: readonly object[]): object | undefined {
  if (impact?.status !== 'counted') return impact;
  const { byChange, ...rest } = impact;
  // By position in the list of changes, which are objects without a name.
  return {
    ...rest,
    byChange: [...byChange].map(([change, records]) => ({ change: changes.indexOf(change), records })),
  };
}
