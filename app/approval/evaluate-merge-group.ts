import { readPullRequest } from '../../github/pull-request.ts';
import { canWait, conditionsOf } from '../conditions/conditions-of.ts';
import type { AppContext } from '../context.ts';
import type { MergeGroupJob } from '../jobs.ts';
import { assess } from './assess.ts';
import { publishApprovalCheck } from './check.ts';
import { judge } from './judge.ts';
import { obstaclesOf } from './obstacles.ts';

/** Answers a merge queue: the same question as at the merge, of the same two commits, before it happens. Nothing is remembered. */
export async function evaluateMergeGroup(context: AppContext, job: MergeGroupJob): Promise<void> {
  const { repository, number, head, base } = job;
  const octokit = await context.github(job.installationId);
  const pull = await readPullRequest(octokit, repository, number);
  const publish = publishApprovalCheck(context, octokit, repository, pull, head);
  const assessment = await assess(context, octokit, repository, { policy: base, base, head });
  if (assessment.result === 'repair') return publish({ state: 'repair' });
  if (assessment.result === 'unreadable') return publish({ state: 'broken', problems: assessment.problems });
  const { review, configuration } = assessment;
  const obstacles = await obstaclesOf(context, repository, review, configuration);
  if (obstacles.length > 0) return publish({ state: 'broken', problems: obstacles });
  const judged = await judge(context, octokit, {
    repository,
    pull,
    reviewed: assessment,
    commit: head,
    baseCommit: base,
  });
  if (judged.result === 'undecided') return publish({ state: 'broken', problems: judged.problems });
  const { decision, policy } = judged;
  const conditions = await conditionsOf(context, job, judged, review);
  return publish({ state: 'decided', decision, review, policy, conditions, canWait: canWait(review, configuration) });
}
