import type { SchemaReview } from '../../core/review/review.ts';
import type { Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { situationOf } from '../approval/situation.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import { type Answer, refused } from './answer.ts';

/** What the migrations of a pull request do, from its own files. Anybody may ask. */
export async function showPlan(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
): Promise<Answer> {
  const { assessment } = await situationOf(context, octokit, job.repository, pull);
  if (assessment.result !== 'reviewed') return refused('the configuration cannot be read; the check says why.');
  const details = assessment.review.schemas.flatMap(planOf);
  if (details.length === 0) return { done: true, words: 'no migration is needed.' };
  return {
    done: true,
    words: 'this is what the migration does, before the tables are swapped under a short lock:',
    details,
  };
}

function planOf({ name, migration, oldVersion, newVersion }: SchemaReview): string[] {
  const title = `\`${name}\` ${oldVersion ?? 'no version'} → ${newVersion ?? 'no version'}`;
  if (migration.status === 'missing')
    return [`${title}: no migration yet; the comment of the check proposes \`${migration.path}\``];
  if (migration.status === 'unusable') return [`${title}: \`${migration.path}\` cannot be used`];
  if (migration.status === 'not-needed') return [];
  return [
    ...migration.operations.map((operation) => `${title}: ${operation}`),
    ...migration.losses.map((loss) => `${title}, lost when it is rolled back: ${loss}`),
  ];
}
