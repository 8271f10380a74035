import { commitBeforeMerge } from '../../github/before-merge.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { listRuns } from '../../registry/runs/read.ts';
import { assess } from '../approval/assess.ts';
import { judge } from '../approval/judge.ts';
import { rememberDecision } from '../approval/remember.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

/**
 * Decides once more about a merge that is settled, as long as a run of it has not started: a run may wait for days, and an approval that is
 * taken back meanwhile ends it. Whoever then runs it finds that it is not approved.
 */
export async function judgeWaitingRuns(
  context: AppContext,
  octokit: Octokit,
  job: PullRequestJob,
  pull: PullRequest,
): Promise<void> {
  const of = { repository: formatRepository(job.repository), pullRequest: job.number };
  if (!pull.merge || (await listRuns(context.registry, { ...of, states: ['planned'], limit: 1 })).length === 0) return;
  const before = await commitBeforeMerge(octokit, job.repository, pull);
  const range = { policy: before, base: before, head: pull.merge.commit };
  const reviewed = await assess(context, octokit, job.repository, range);
  if (reviewed.result !== 'reviewed') return;
  const { commit } = pull.merge;
  const judged = await judge(context, octokit, {
    repository: job.repository,
    pull,
    reviewed,
    commit,
    baseCommit: before,
  });
  if (judged.result !== 'decided') return;
  const { decision, policy } = judged;
  await rememberDecision(context, job, { head: pull.head, decision, review: reviewed.review, policy });
}
