import { policyHash } from '../../core/approval/policy-hash.ts';
import { mergeBase } from '../../github/merge-base.ts';
import { readPullRequest } from '../../github/pull-request.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { withLock } from '../lock.ts';
import { settleMerge } from '../merge/settle.ts';
import { assess, type Reviewed } from './assess.ts';
import { publishApprovalCheck } from './check.ts';
import { judge } from './judge.ts';
import { obstaclesOf } from './obstacles.ts';
import { rememberDecision } from './remember.ts';

/** Looks at a pull request as it is now and brings checks, approvals and runs in line with it. Safe to repeat, in any order. */
export async function evaluatePullRequest(context: AppContext, job: PullRequestJob): Promise<void> {
  const { repository, number } = job;
  await withLock(context.registry, `${repository.owner}/${repository.repo}#${number}`.toLowerCase(), async () => {
    const octokit = await context.github(job.installationId);
    const pull = await readPullRequest(octokit, repository, number);
    if (pull.state === 'closed') return;
    if (pull.state === 'merged') return settleMerge(context, octokit, job, pull);
    const base = await mergeBase(octokit, repository, pull.base.commit, pull.head);
    const assessment = await assess(context, octokit, repository, { policy: pull.base.commit, base, head: pull.head });
    const publish = publishApprovalCheck(context, octokit, repository, pull, pull.head);
    if (assessment.result !== 'reviewed') {
      await rememberDecision(context, job, {
        head: pull.head,
        decision: undefined,
        review: undefined,
        policy: undefined,
      });
      if (assessment.result === 'repair') return publish({ state: 'repair' });
      return publish({ state: 'broken', problems: assessment.problems });
    }
    const { review, configuration } = assessment;
    const obstacles = await obstaclesOf(context, repository, review, configuration);
    const judged = await judge(context, octokit, {
      repository,
      pull,
      reviewed: assessment,
      commit: pull.head,
      baseCommit: pull.base.commit,
    });
    if (judged.result === 'undecided') {
      await rememberDecision(context, job, { head: pull.head, decision: undefined, review, policy: undefined });
      return publish({ state: 'broken', problems: judged.problems });
    }
    const { decision, policy } = judged;
    await rememberDecision(context, job, { head: pull.head, decision, review, policy });
    context.log.info(
      { repository: `${repository.owner}/${repository.repo}`, pull: number, decision: decision.state },
      'evaluated',
    );
    if (obstacles.length > 0) return publish({ state: 'broken', problems: obstacles });
    return publish({ state: 'decided', decision, review, policy, changesPolicy: changesPolicy(assessment) });
  });
}

function changesPolicy({ ahead, configuration }: Reviewed): boolean {
  return ahead !== undefined && policyHash(ahead.approval) !== policyHash(configuration.approval);
}
