import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Problem, Review, SchemaReview } from '../../core/review/review.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Repository } from '../../github/octokit.ts';
import type { AppContext } from '../context.ts';
import { takenVersion } from '../merge/taken-version.ts';

/** What no approval can help with: broken input, records without a migration that helps them, a version number that is taken. */
export async function obstaclesOf(
  context: AppContext,
  repository: Repository,
  review: Review,
  configuration: Configuration,
): Promise<readonly Problem[]> {
  const taken = await Promise.all(review.schemas.map((schema) => takenVersion(context.registry, repository, schema)));
  return [
    ...review.problems,
    ...review.schemas.flatMap((schema) => missingMigration(schema, configuration)),
    ...review.schemas.flatMap(refutedMigration),
    ...taken.filter((problem) => problem !== undefined),
  ];
}

/** Records would stay as they are, and some of them are not valid any more; or they need other columns than their table has. */
function missingMigration(schema: SchemaReview, configuration: Configuration): Problem[] {
  const { migration, name, set, newText } = schema;
  if (migration.status !== 'missing' || newText === undefined) return [];
  if (set.target === undefined || !configuration.targets.has(set.target)) return [];
  return [
    {
      place: { path: migration.path },
      problem: `${name} ${whyNeeded(schema)} and has no migration`,
      remedy: 'Add this file; the comment on the pull request proposes what to write into it',
    },
  ];
}

function whyNeeded({ comparison }: SchemaReview): string {
  const verdict = comparison?.backward.verdict;
  switch (verdict) {
    case 'compatible':
      return 'needs other columns than its table has';
    case 'breaking':
      return 'breaks stored records';
    // Not known means that it may.
    case 'undecided':
    case undefined:
      return 'may break stored records';
    default:
      return unreachable(verdict);
  }
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
