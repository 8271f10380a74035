import { storedBundle } from '../../impact/stored-bundle.ts';
import { InputError } from '../../input-error.ts';
import { proposeMigration } from '../../migration/propose.ts';
import type { Review, SchemaReview } from '../../review/review.ts';
import { sentence } from '../sentence.ts';
import type { Suggestion } from './suggestion.ts';

/** More than this nobody takes unread. */
const mostLines = 60;

/** Where a migration says which schema and versions it is for, and says it wrongly. */
export function suggestMigrationVersions({ schemas, problems }: Review): Suggestion[] {
  return schemas.flatMap(({ migration }): Suggestion[] => {
    if (migration.status !== 'unusable' || migration.correction === undefined) return [];
    const { path, correction } = migration;
    const said = problems.filter(({ place }) => place.path === path).map(({ problem }) => sentence(problem));
    return [{ ...correction, kind: 'migration-versions', path, why: said.join(' ') }];
  });
}

/** A migration that is proved, and asks nothing, in place of one that is not. */
export async function suggestMigrations({ schemas }: Review): Promise<Suggestion[]> {
  return (await Promise.all(schemas.map(suggestMigration))).flatMap((suggestion) => suggestion ?? []);
}

async function suggestMigration(schema: SchemaReview): Promise<Suggestion | undefined> {
  const { migration, oldVersion = 'the old version', newVersion = 'the new version' } = schema;
  if (migration.status !== 'given' || migration.proof.result === 'proved' || migration.hasScript === true)
    return undefined;
  const text = await provedProposal(schema);
  if (text === undefined || text.split('\n').length > mostLines) return undefined;
  const { path, proof } = migration;
  const what =
    proof.result === 'refuted'
      ? `A record valid under ${oldVersion} does not become valid under ${newVersion}: ${sentence(proof.reason)}`
      : `Nobody knows whether every record becomes valid under ${newVersion}: ${sentence(proof.reason)}`;
  return {
    kind: 'migration',
    path,
    firstLine: 1,
    lastLine: linesOf(migration.text),
    text: text.replace(/\n$/, ''),
    why: `${what} What Sluice proposes is proved; it takes the place of all that is written here, so look at what it makes of the records.`,
  };
}

async function provedProposal(schema: SchemaReview): Promise<string | undefined> {
  const { oldVersion, newVersion, set, comparison } = schema;
  try {
    const versions = { old: await storedBundle(schema, 'old'), new: await storedBundle(schema, 'new') };
    const { text, gaps, proof } = proposeMigration({ ...versions, oldVersion, newVersion, set, comparison });
    return gaps.length === 0 && proof?.result === 'proved' ? text : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}
