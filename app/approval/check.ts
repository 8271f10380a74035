import { type CheckRun, publishCheckRun } from '../../github/check-run.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import type { AppContext } from '../context.ts';
import { type ApprovalView, describeApproval } from './describe.ts';

const approvalCheckName = 'Sluice / approval';

/** Checks belong to commits, and one commit may be proposed to several branches: each has a check of its own. */
export function approvalCheckOf({ base }: PullRequest): string {
  return base.isDefault ? approvalCheckName : `${approvalCheckName} (${base.branch})`;
}

/** Puts the state of the approval on a commit: the pull request's last one, or what a merge queue would make of it. */
export function publishApprovalCheck(
  context: AppContext,
  octokit: Octokit,
  repository: Repository,
  pull: PullRequest,
  commit: string,
): (view: ApprovalView) => Promise<void> {
  return async (view) => {
    const { state, title, summary } = describeApproval(view);
    const run: CheckRun = {
      name: approvalCheckOf(pull),
      commit,
      externalId: `pull-request:${pull.number}`,
      state,
      title,
      summary,
    };
    await publishCheckRun(octokit, repository, context.appId, run);
  };
}
