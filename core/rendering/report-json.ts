import type { Impact } from '../impact/impact.ts';
import { recordsTouched } from '../impact/record-count.ts';
import type { Review, SchemaReview } from '../review/review.ts';
import type { ReportInput } from './comment/input.ts';

/** Everything that is known, as plain data for programs: `sluice-report.json`, `--format json`. */
export function reportJson(
  review: Review,
  impact: ReadonlyMap<string, Impact>,
  {
    sql,
    rehearsals,
  }: { readonly sql?: ReportInput['sql'] | undefined; readonly rehearsals?: ReportInput['rehearsals'] } = {},
): object {
  return {
    format: 1,
    ...review,
    ...(sql === undefined ? {} : { sql }),
    schemas: review.schemas.map((schema) => ({
      ...reviewJson(schema),
      impact: impactJson(impact.get(schema.path), schema.comparison?.changes ?? []),
      rehearsal: rehearsals?.get(schema.path),
    })),
  };
}

/** One schema's part, without the texts: those are in the repository, at the commits named. */
export function reviewJson(review: SchemaReview): object {
  const { oldText: _old, newText: _new, oldFiles: _before, newFiles: _after, ...schema } = review;
  return schema;
}

function impactJson(impact: Impact | undefined, changes: readonly object[]): object | undefined {
  if (impact?.status !== 'counted') return impact;
  const { byChange, ...rest } = impact;
  const touched = recordsTouched(impact);
  // By position in the list of changes, which are objects without a name.
  return {
    ...rest,
    touched,
    byChange: [...byChange].map(([change, records]) => ({ change: changes.indexOf(change), records })),
  };
}
