import { compareVersions } from '../../review/layout/version-order.ts';
import type { Review, SchemaReview } from '../../review/review.ts';
import { correctVersion } from '../comment/version-edit.ts';
import { versionLine } from '../comment/version-line.ts';
import type { Suggestion } from './suggestion.ts';

/** Files whose version is told to be wrong. */
export function wrongVersions({ findings = [] }: Review): ReadonlySet<string> {
  return new Set(
    findings
      .filter(({ rule, waived }) => rule === 'version-bump' && waived === undefined)
      .map(({ place }) => place.path),
  );
}

/** The right version where it is wrong; one for a document, whose components may ask for several. */
export function suggestVersions(review: Review): Suggestion[] {
  const { schemas } = review;
  const wrong = wrongVersions(review);
  const byPath = new Map<string, SchemaReview>();
  for (const schema of schemas) {
    // Where every version has a file of its own, its name would have to change as well.
    if (!wrong.has(schema.path) || schema.file !== undefined || schema.advice?.recommended === undefined) continue;
    const other = byPath.get(schema.path)?.advice?.recommended;
    if (other === undefined || compareVersions(schema.advice.recommended, other) > 0) byPath.set(schema.path, schema);
  }
  return [...byPath.values()].flatMap((schema): Suggestion[] => {
    const edit = correctVersion(schema);
    const line = versionLine(schema);
    return edit === undefined || line === undefined
      ? []
      : [{ ...edit, kind: 'version', path: schema.path, why: `Version: ${line}${migrationMoves(schema)}` }];
  });
}

/** Where a migration is kept says which version it leads to. */
function migrationMoves({ migration, advice, name }: SchemaReview): string {
  if (migration.status !== 'given' && migration.status !== 'unusable') return '';
  const path = `migrations/${name}/${advice?.recommended}.yml`;
  return path === migration.path ? '' : ` The migration belongs into \`${path}\` then, and leads to that version.`;
}
