import { mergeBase } from '../../github/merge-base.ts';
import { readPullRequest } from '../../github/pull-request.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { withLock } from '../lock.ts';
import { settleMerge } from '../merge/settle.ts';
import { assess } from './assess.ts';
import { publishApprovalCheck } from './check.ts';
import { decideNow, permissionMissing } from './decide-now.ts';
import { approvalFacts } from './facts.ts';
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
    const facts = approvalFacts(context, octokit, repository, pull, { commit: pull.head, review }, pull.base.commit);
    const decision = await decideNow(configuration.approval, facts, review);
    if (decision === undefined) {
      await rememberDecision(context, job, { head: pull.head, decision, review, policy: undefined });
      return publish({ state: 'broken', problems: [permissionMissing] });
    }
    await rememberDecision(context, job, { head: pull.head, decision, review, policy: configuration.approval });
    context.log.info(
      { repository: `${repository.owner}/${repository.repo}`, pull: number, decision: decision.state },
      'evaluated',
    );
    if (obstacles.length > 0) return publish({ state: 'broken', problems: obstacles });
    return publish({ state: 'decided', decision, review, policy: configuration.approval });
  });
}
