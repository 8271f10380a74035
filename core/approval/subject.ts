import type { Severity } from '../configuration/approval-policy.ts';
import { schemaRemoved } from '../configuration/approval-schema.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Impact } from '../impact/impact.ts';
import { changeVerdict } from '../review/asked.ts';
import type { Review, SchemaReview } from '../review/review.ts';

/** What a policy may ask about a schema whose change needs approval. Undefined: not known, which never makes a decision easier. */
export interface Subject {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly verdict: SchemaReview['verdict'];
  /** Kinds of the changes that need the approval. */
  readonly changes: readonly string[] | undefined;
  readonly severity: Severity | 'none' | undefined;
  /** At most so many stored records are touched. */
  readonly records: number | undefined;
  /** Of the target that holds the records; null when no target does. */
  readonly environment: string | null | undefined;
  readonly lossy: boolean | undefined;
}

/** How many records the table of a schema holds, as far as somebody who can be believed has counted. */
export type CountedRecords = (path: string, fingerprint: string) => number | undefined;

/** The schemas of a review that need approval, one by one. `impact`: by path, as far as records were looked at. */
export function subjectsOf(
  review: Review,
  configuration: Pick<Configuration, 'targets'>,
  impact: ReadonlyMap<string, Impact> = new Map(),
  counted: CountedRecords = () => undefined,
): readonly Subject[] {
  return review.schemas
    .filter(({ fingerprint }) => fingerprint !== undefined)
    .map((schema) => ({
      path: schema.path,
      previousPath: schema.previousPath,
      verdict: schema.verdict,
      changes: changesOf(schema),
      severity: schema.advice?.bump,
      records: recordsOf(schema, impact.get(schema.path), counted),
      environment: schema.set.target === undefined ? null : configuration.targets.get(schema.set.target)?.environment,
      lossy: isLossy(schema),
    }));
}

function changesOf({ change, comparison, migration, set }: SchemaReview): readonly string[] | undefined {
  if (change === 'removed') return [schemaRemoved];
  if (comparison === undefined) return undefined;
  const kinds = comparison.changes
    .filter(
      (each) =>
        changeVerdict(set.compatibility, each) !== 'compatible' ||
        (migration.status === 'given' && each.backward.verdict !== 'compatible'),
    )
    .map(({ kind }) => kind);
  // The whole breaks and no change says by what.
  return kinds.length === 0 && comparison.verdict !== 'compatible' ? undefined : [...new Set(kinds)];
}

/** A migration rewrites every record; without one, those are touched that are not valid any more. */
function recordsOf(
  { set, migration, path, fingerprint }: SchemaReview,
  impact: Impact | undefined,
  counted: CountedRecords,
): number | undefined {
  if (set.target === undefined) return 0;
  const known = fingerprint === undefined ? undefined : counted(path, fingerprint);
  if (known !== undefined && migration.status === 'given') return known;
  if (impact?.status !== 'counted' || !impact.complete) return undefined;
  return migration.status === 'given' ? impact.scanned : impact.failing;
}

function isLossy({ migration }: SchemaReview): boolean | undefined {
  if (migration.status === 'given') return migration.losses.length > 0;
  return migration.status === 'not-needed' ? false : undefined;
}
