import type { Review, SchemaReview } from '../../core/review/review.ts';

/** The schemas of a review as the template `app/approval-schemas` takes them. */
export function schemaLines(review: Review): object[] {
  return review.schemas.map((schema) => ({
    name: schema.name,
    path: schema.path,
    versions: versionsOf(schema),
    verdict: schema.verdict,
    changes: changesOf(schema),
    migration: migrationOf(schema),
  }));
}

function versionsOf({ change, oldVersion, newVersion }: SchemaReview): string {
  if (change === 'added') return newVersion ?? 'new';
  if (change === 'removed') return `${oldVersion ?? ''} removed`.trim();
  return `${oldVersion ?? 'no version'} → ${newVersion ?? 'no version'}`;
}

/** The changes that need the approval. */
function changesOf({ comparison, fingerprint, change }: SchemaReview): { subject: string; summary: string }[] {
  if (fingerprint === undefined) return [];
  if (change === 'removed') return [{ subject: 'the schema', summary: 'removed' }];
  return (comparison?.changes ?? [])
    .filter((one) => one.backward.verdict !== 'compatible' || one.forward.verdict !== 'compatible')
    .map((one) => ({ subject: one.subject === '' ? 'the document' : one.subject, summary: one.summary }));
}

function migrationOf({ migration }: SchemaReview): { path: string; proof: string } | undefined {
  if (migration.status !== 'given') return undefined;
  const { proof, path } = migration;
  if (proof.result === 'proved') return { path, proof: 'proved: every record that is valid now will be valid' };
  if (proof.result === 'refuted') return { path, proof: 'refuted: there are records that it leaves invalid' };
  return { path, proof: `not proved (${proof.reason}); the run checks every record before it changes anything` };
}
