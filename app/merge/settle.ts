import { decide } from '../../core/approval/decide.ts';
import type { Decision } from '../../core/approval/decision.ts';
import type { Problem, SchemaReview } from '../../core/review/review.ts';
import { commitBeforeMerge } from '../../github/before-merge.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { listEvents } from '../../registry/events.ts';
import { assess } from '../approval/assess.ts';
import { approvalFacts } from '../approval/facts.ts';
import { obstaclesOf } from '../approval/obstacles.ts';
import { rememberDecision } from '../approval/remember.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { publishMerge } from './publish.ts';
import { reportHeldMerge } from './report-held.ts';

/** Everything a merge leads to, decided once, from what was really merged. */
export interface Settlement {
  readonly job: PullRequestJob;
  readonly pull: PullRequest & { readonly merge: NonNullable<PullRequest['merge']> };
  /** Schemas that may go ahead: nothing breaks, or the break is approved. */
  readonly free: readonly SchemaReview[];
  /** Schemas whose break nobody approved, or that something else stands in the way of. */
  readonly held: readonly SchemaReview[];
  readonly problems: readonly Problem[];
  readonly decision: Decision | undefined;
}

/**
 * Recomputes review and decision from the merge commit and the base branch before it; nothing that was computed before the merge is believed.
 * What is approved, or needs no approval, is published or handed to a runner; the rest is not run: an issue says so. Done once per merge.
 */
export async function settleMerge(
  context: AppContext,
  octokit: Octokit,
  job: PullRequestJob,
  pull: PullRequest,
): Promise<void> {
  const { merge } = pull;
  // A merge into another branch is work on its way: its own merge into the default branch will be looked at again.
  if (!merge || !pull.base.isDefault || (await isSettled(context, job, merge.commit))) return;
  const before = await commitBeforeMerge(octokit, job.repository, pull);
  const assessment = await assess(octokit, job.repository, { policy: before, base: before, head: merge.commit });
  const merged = { job, pull: { ...pull, merge } };
  if (assessment.result === 'repair') return;
  if (assessment.result === 'unreadable') {
    const held = { ...merged, free: [], held: [], problems: assessment.problems, decision: undefined };
    await reportHeldMerge(context, octokit, held);
    return publishMerge(context, held, undefined);
  }
  const { review, configuration } = assessment;
  if (review.schemas.length === 0 && review.problems.length === 0) return;
  const facts = approvalFacts(octokit, job.repository, pull, { commit: merge.commit, review }, before);
  const decision = await decide(configuration.approval, facts, review.fingerprint);
  await rememberDecision(context, job, { head: pull.head, decision, review, policy: configuration.approval });
  const problems = await obstaclesOf(context, job.repository, review, configuration);
  const goesAhead = ({ fingerprint }: SchemaReview): boolean =>
    problems.length === 0 && (fingerprint === undefined || decision.state === 'approved');
  const settlement: Settlement = {
    ...merged,
    free: review.schemas.filter(goesAhead),
    held: review.schemas.filter((schema) => !goesAhead(schema)),
    problems,
    decision,
  };
  if (settlement.held.length > 0 || problems.length > 0) await reportHeldMerge(context, octokit, settlement);
  return publishMerge(context, settlement, assessment);
}

async function isSettled({ registry }: AppContext, job: PullRequestJob, commit: string): Promise<boolean> {
  const of = { repository: formatRepository(job.repository), subject: `pull request ${job.number}` };
  const events = await listEvents(registry, of);
  return events.some(({ kind, data }) => {
    const about = typeof data === 'object' && data !== null && 'commit' in data ? data.commit : undefined;
    return (kind === 'merge.settled' || kind === 'merge.held') && about === commit;
  });
}
