import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Problem, Review, SchemaReview } from '../../core/review/review.ts';
import { formatRepository, type Repository } from '../../github/octokit.ts';
import { readVersion } from '../../registry/versions.ts';
import type { AppContext } from '../context.ts';
import { contentFingerprint } from '../merge/content-fingerprint.ts';

/** What no approval can help with: broken input, records without a migration that helps them, a version number that is taken. */
export async function obstaclesOf(
  context: AppContext,
  repository: Repository,
  review: Review,
  configuration: Configuration,
): Promise<readonly Problem[]> {
  const taken = await Promise.all(review.schemas.map((schema) => takenVersion(context, repository, schema)));
  return [
    ...review.problems,
    ...review.schemas.flatMap((schema) => missingMigration(schema, configuration)),
    ...review.schemas.flatMap(refutedMigration),
    ...taken.filter((problem) => problem !== undefined),
  ];
}

/** Records would stay as they are, and some of them are not valid any more. */
function missingMigration({ migration, name, set, newText }: SchemaReview, configuration: Configuration): Problem[] {
  if (migration.status !== 'missing' || newText === undefined) return [];
  if (set.target === undefined || !configuration.targets.has(set.target)) return [];
  return [
    {
      place: { path: migration.path },
      problem: `${name} breaks stored records and has no migration`,
      remedy: 'Add this file; the comment on the pull request proposes what to write into it',
    },
  ];
}

/** A runner would refuse it too. */
function refutedMigration({ migration, name, newVersion }: SchemaReview): Problem[] {
  if (migration.status !== 'given' || migration.proof.result !== 'refuted') return [];
  return [
    {
      place: { path: migration.path },
      problem: `The migration does not lead every record to ${name} ${newVersion ?? ''}: ${migration.proof.reason}`,
      remedy: 'Correct it; the comment on the pull request shows such a record',
    },
  ];
}

async function takenVersion(
  { registry }: AppContext,
  repository: Repository,
  schema: SchemaReview,
): Promise<Problem | undefined> {
  const { name, path, newText, newVersion } = schema;
  if (newText === undefined || newVersion === undefined) return undefined;
  const known = await readVersion(registry, {
    repository: formatRepository(repository),
    schema: name,
    version: newVersion,
  });
  if (!known || known.fingerprint === contentFingerprint(path, newText)) return undefined;
  return {
    place: { path },
    problem: `${name} ${newVersion} is published already, with other content`,
    remedy: 'Give this change a version of its own',
  };
}
