import { policyHash } from '../../core/approval/policy-hash.ts';
import { configurationPath } from '../../core/configuration/defaults.ts';
import type { Problem } from '../../core/review/review.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import { type PullRequest, readPullRequest } from '../../github/pull-request.ts';
import { requestStatus } from '../../github/request-status.ts';
import { askForFailingRecords } from '../conditions/ask-for-failing-records.ts';
import { canWait, conditionsOf } from '../conditions/conditions-of.ts';
import { trackConditions } from '../conditions/track.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { withLock } from '../lock.ts';
import { settleMerge } from '../merge/settle.ts';
import type { Reviewed } from './assess.ts';
import { publishApprovalCheck } from './check.ts';
import type { ApprovalView } from './describe.ts';
import { historyOf } from './history.ts';
import { type Judgement, judge } from './judge.ts';
import { obstaclesOf } from './obstacles.ts';
import { countForDecision } from './order-counts.ts';
import { rememberDecision } from './remember.ts';
import { requestReviews } from './request-reviews.ts';
import { situationOf } from './situation.ts';
import { tellStale } from './tell-stale.ts';
import { withdrawRequest } from './withdraw.ts';

/** Looks at a pull request as it is now and brings checks, approvals and runs in line with it. Safe to repeat, in any order. */
export async function evaluatePullRequest(context: AppContext, job: PullRequestJob): Promise<void> {
  await withPullRequest(context, job, async (octokit, pull) => {
    if (pull.state === 'merged') await settleMerge(context, octokit, job, pull);
    if (pull.state === 'open') await evaluateOpen(context, octokit, job, pull);
    if (pull.state === 'closed') await withdrawRequest(context, job);
  });
}

/** Works on a pull request, read as it is now, while nobody else of the App does. */
export async function withPullRequest<Result>(
  context: AppContext,
  { repository, number, installationId }: PullRequestJob,
  work: (octokit: Octokit, pull: PullRequest) => Promise<Result>,
): Promise<Result> {
  return withLock(context.registry, `${formatRepository(repository)}#${number}`.toLowerCase(), async () => {
    const octokit = await context.github(installationId);
    return work(octokit, await readPullRequest(octokit, repository, number));
  });
}

/** As `evaluatePullRequest`, of an open one that the caller has locked. Gives the decision and what it was about. */
export async function evaluateOpen(
  context: AppContext,
  octokit: Octokit,
  job: PullRequestJob,
  pull: PullRequest,
): Promise<Judgement> {
  const publish = publishApprovalCheck(context, octokit, job.repository, pull, pull.head);
  try {
    const { judgement, view } = await evaluated(context, octokit, job, pull);
    await publish(view);
    if (view.state === 'decided') await tellPeople(context, octokit, job, pull, judgement, view);
    return judgement;
  } catch (error) {
    // What was approved before must not look approved while nobody can tell; the job is tried again.
    const status = requestStatus(error);
    if (status !== undefined) await publish({ state: 'broken', problems: [silent(status)] }).catch(() => undefined);
    throw error;
  }
}

async function evaluated(
  context: AppContext,
  octokit: Octokit,
  job: PullRequestJob,
  pull: PullRequest,
): Promise<{ judgement: Judgement; view: ApprovalView }> {
  const { repository, number } = job;
  const { assessment, ...about } = await situationOf(context, octokit, repository, pull);
  const { head } = pull;
  if (assessment.result !== 'reviewed') {
    await rememberDecision(context, job, { head, decision: undefined, review: undefined, policy: undefined });
    const problems = assessment.result === 'repair' ? [] : assessment.problems;
    const view: ApprovalView = assessment.result === 'repair' ? { state: 'repair' } : { state: 'broken', problems };
    return { judgement: { result: 'undecided', problems }, view };
  }
  const { review, configuration } = assessment;
  const obstacles = await obstaclesOf(context, repository, review, configuration);
  const judgement = await judge(context, octokit, { ...about, reviewed: assessment });
  if (judgement.result === 'undecided') {
    await rememberDecision(context, job, { head, decision: undefined, review, policy: undefined });
    return { judgement, view: { state: 'broken', problems: judgement.problems } };
  }
  const { decision, policy } = judgement;
  await rememberDecision(context, job, { head, decision, review, policy });
  await countForDecision(context, job, assessment, { policy, approved: decision.state === 'approved' });
  const fields = { repository: formatRepository(repository), pull: number, decision: decision.state };
  context.log.info(fields, 'evaluated');
  if (obstacles.length > 0) return { judgement, view: { state: 'broken', problems: obstacles } };
  const conditions = await conditionsOf(context, job, judgement, review);
  await askForFailingRecords(context, job, assessment, { conditions });
  return {
    judgement,
    view: {
      state: 'decided',
      decision,
      review,
      policy,
      conditions,
      history: await historyOf(context, job),
      canWait: canWait(review, configuration),
      changesPolicy: changesPolicy(assessment),
    },
  };
}

/** What follows for people. It must never keep a decision from being shown: a repository may have no issues, the App no right to ask. */
async function tellPeople(
  context: AppContext,
  octokit: Octokit,
  job: PullRequestJob,
  pull: PullRequest,
  judgement: Judgement,
  { review, conditions = [] }: Extract<ApprovalView, { state: 'decided' }>,
): Promise<void> {
  const { fingerprint } = review;
  if (judgement.result !== 'decided' || fingerprint === undefined) return;
  const { decision, facts } = judgement;
  try {
    await trackConditions(context, octokit, job, pull, { conditions, fingerprint });
    if (decision.state !== 'waiting') return;
    await tellStale(context, octokit, job, decision, fingerprint);
    await requestReviews(context, octokit, job, pull, { decision, facts, fingerprint });
  } catch (error) {
    const fields = { repository: formatRepository(job.repository), pull: job.number };
    context.log.warn({ ...fields, err: error }, 'not everybody was told');
  }
}

function changesPolicy({ ahead, configuration }: Reviewed): boolean {
  return ahead !== undefined && policyHash(ahead.approval) !== policyHash(configuration.approval);
}

function silent(status: number): Problem {
  return {
    place: { path: configurationPath },
    problem: `GitHub does not answer what the policy asks (${status})`,
    remedy: 'Sluice asks again by itself; *Re-run* asks at once',
  };
}
