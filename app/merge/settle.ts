import type { Decision } from '../../core/approval/decision.ts';
import type { ApprovalPolicy } from '../../core/configuration/approval-policy.ts';
import type { Problem, SchemaReview } from '../../core/review/review.ts';
import { commitBeforeMerge } from '../../github/before-merge.ts';
import type { Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { latestOpinions } from '../../github/reviews.ts';
import { assess } from '../approval/assess.ts';
import { judge } from '../approval/judge.ts';
import { obstaclesOf } from '../approval/obstacles.ts';
import { orderCounts } from '../approval/order-counts.ts';
import { rememberDecision } from '../approval/remember.ts';
import { conditionsOf, hasRun } from '../conditions/conditions-of.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { mergeHistory } from './history.ts';
import { judgeWaitingRuns } from './judge-waiting-runs.ts';
import { publishMerge } from './publish.ts';
import { releaseMerge } from './release.ts';
import { reportHeldMerge } from './report-held.ts';

/** Everything a merge leads to, decided once, from what was really merged. */
export interface Settlement {
  /** As the audit trail names it: `pull request 7`, `push of 3f2a…`. */
  readonly subject: string;
  readonly job: PullRequestJob;
  readonly pull: PullRequest & { readonly merge: NonNullable<PullRequest['merge']> };
  /** Schemas that may go ahead: nothing breaks, or the break is approved. */
  readonly free: readonly SchemaReview[];
  /** Schemas whose break nobody approved, or that something else stands in the way of. */
  readonly held: readonly SchemaReview[];
  readonly problems: readonly Problem[];
  readonly decision: Decision | undefined;
  /** Undefined: none could be told. */
  readonly policy?: ApprovalPolicy | undefined;
}

/**
 * Recomputes review and decision from the merge commit and the base branch before it; nothing that was computed before the merge is believed.
 * What is approved, or needs no approval, is published or handed to a runner; the rest is held: an issue says so. Done once per merge; what is
 * held can be released later by a person.
 */
export async function settleMerge(
  context: AppContext,
  octokit: Octokit,
  job: PullRequestJob,
  pull: PullRequest,
): Promise<void> {
  const { merge } = pull;
  // A merge into another branch is work on its way: its own merge into the default branch will be looked at again.
  if (!merge || !pull.base.isDefault) return;
  const history = await mergeHistory(context, job, merge.commit);
  if (history.state === 'settled') return judgeWaitingRuns(context, octokit, job, pull);
  const before = await commitBeforeMerge(octokit, job.repository, pull);
  const assessment = await assess(context, octokit, job.repository, {
    policy: before,
    base: before,
    head: merge.commit,
  });
  const merged = { subject: `pull request ${job.number}`, job, pull: { ...pull, merge } };
  if (assessment.result === 'repair') return;
  if (assessment.result === 'unreadable') {
    if (history.state === 'held') return;
    const held = { ...merged, free: [], held: [], problems: assessment.problems, decision: undefined };
    await reportHeldMerge(context, octokit, held);
    return publishMerge(context, held, undefined, { lastReview: await lastReview(octokit, job) });
  }
  const { review, configuration } = assessment;
  if (review.schemas.length === 0 && review.problems.length === 0) return;
  const judged = await judge(context, octokit, {
    repository: job.repository,
    pull,
    reviewed: assessment,
    commit: merge.commit,
    baseCommit: before,
  });
  const { decision, policy } = judged.result === 'decided' ? judged : { decision: undefined, policy: undefined };
  await rememberDecision(context, job, { head: pull.head, decision, review, policy });
  if (decision?.state === 'approved' && policy)
    await orderCounts(context, job, assessment, { moment: 'approved', policy });
  const obstacles = await obstaclesOf(context, job.repository, review, configuration);
  const problems = judged.result === 'undecided' ? [...judged.problems, ...obstacles] : obstacles;
  const open = judged.result === 'decided' ? await conditionsOf(context, job, judged, review) : [];
  const isOpen = open.some(({ met }) => met === undefined);
  // A run waits for the conditions of its approval; what has none to wait in is held.
  const goesAhead = (schema: SchemaReview): boolean =>
    problems.length === 0 &&
    (schema.fingerprint === undefined ||
      (decision?.state === 'approved' && (!isOpen || hasRun(schema, configuration))));
  if (history.state === 'held') {
    const release = {
      ...merged,
      free: review.schemas.filter(({ path }) => history.held.includes(path)),
      held: [],
      problems,
      decision,
      policy,
    };
    if (problems.length === 0) await releaseMerge(context, octokit, release, assessment, history);
    return;
  }
  const settlement: Settlement = {
    ...merged,
    free: review.schemas.filter(goesAhead),
    held: review.schemas.filter((schema) => !goesAhead(schema)),
    problems,
    decision,
    policy,
  };
  if (settlement.held.length > 0 || problems.length > 0) await reportHeldMerge(context, octokit, settlement);
  const late = settlement.held.length > 0 ? [] : await approvedAfterwards(octokit, settlement);
  const how = late.length > 0 ? { released: late } : { lastReview: await lastReview(octokit, job) };
  return publishMerge(context, settlement, assessment, how);
}

/** Who approved once it was merged already, before anybody had looked: that is a release, and is to be found as one. */
async function approvedAfterwards(octokit: Octokit, { job, pull, decision }: Settlement): Promise<readonly string[]> {
  const { at } = pull.merge;
  if (at === undefined || decision?.state !== 'approved') return [];
  const second = (moment: Date): number => Math.floor(moment.getTime() / 1000);
  return (await latestOpinions(octokit, job.repository, pull.number))
    .filter(({ opinion, given, login }) => {
      return opinion === 'approved' && second(given) > second(at) && decision.by.includes(login);
    })
    .map(({ login }) => login);
}

async function lastReview(octokit: Octokit, { repository, number }: PullRequestJob): Promise<number> {
  const opinions = await latestOpinions(octokit, repository, number);
  return Math.max(0, ...opinions.map(({ review }) => review));
}
