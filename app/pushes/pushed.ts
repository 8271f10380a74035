import type { Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import type { BranchJob, PullRequestJob } from '../jobs.ts';
import type { Settlement } from '../merge/settle.ts';

/** Commits that were pushed past any pull request, and where. */
export interface Pushed {
  readonly job: BranchJob;
  readonly push: { readonly base: string; readonly head: string };
  readonly branch: string;
  /** The branch's last commit now. */
  readonly tip: string;
}

/**
 * A push in the shape of a merged pull request, so that the same rules decide. Its number is that of the issue that tells of it: GitHub
 * numbers issues and pull requests of a repository together.
 */
export async function asMerged(
  octokit: Octokit,
  { job, push, branch, tip }: Pushed,
  issue: number,
): Promise<Pick<Settlement, 'job' | 'pull'>> {
  const { data } = await octokit.rest.repos.getCommit({ ...job.repository, ref: push.head });
  const by = data.author?.login ?? data.committer?.login ?? '';
  const pull: PullRequest & Pick<Settlement['pull'], 'merge'> = {
    number: issue,
    title: data.commit.message.split('\n')[0] ?? '',
    url: data.html_url,
    author: by,
    state: 'merged',
    draft: false,
    head: push.head,
    base: { branch, commit: tip, isDefault: true },
    commits: 1,
    merge: { commit: push.head, by },
  };
  const pullJob: PullRequestJob = { ...job, number: issue };
  return { job: pullJob, pull };
}
