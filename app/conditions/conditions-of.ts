import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Review, SchemaReview } from '../../core/review/review.ts';
import { formatRepository } from '../../github/octokit.ts';
import { type Condition, keepConditions, listConditions } from '../../registry/conditions.ts';
import { inTransaction } from '../../registry/database.ts';
import type { Judgement } from '../approval/judge.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

/** The conditions of an approval, as they are now; none where nothing is approved. */
export async function conditionsOf(
  { registry }: AppContext,
  { repository, number }: PullRequestJob,
  { decision, policy }: Extract<Judgement, { result: 'decided' }>,
  { fingerprint }: Review,
): Promise<readonly Condition[]> {
  if (decision.state !== 'approved' || fingerprint === undefined) return [];
  const of = { repository: formatRepository(repository), pullRequest: number, fingerprint };
  await inTransaction(registry, (client) => keepConditions(client, of, decision.given ?? [], policy.windows));
  return listConditions(registry, of);
}

/** Whether everything of a review that needs approval is done by a run, which waits for conditions. */
export function canWait(review: Review, configuration: Configuration): boolean {
  return review.schemas.every((schema) => schema.fingerprint === undefined || hasRun(schema, configuration));
}

export function hasRun({ migration, set, oldText, newText }: SchemaReview, configuration: Configuration): boolean {
  const target = set.target === undefined ? undefined : configuration.targets.get(set.target);
  return migration.status === 'given' && target !== undefined && oldText !== undefined && newText !== undefined;
}
