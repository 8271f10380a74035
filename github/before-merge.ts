import type { Octokit, Repository } from './octokit.ts';
import type { PullRequest } from './pull-request.ts';

/**
 * The commit of the base branch just before a merged pull request: first parent of a merge commit or a squashed commit; for a rebase, the
 * parent of the first of its commits. Rebased commits are told from others by GitHub's own record of the pull request they came from.
 */
export async function commitBeforeMerge(octokit: Octokit, repository: Repository, pull: PullRequest): Promise<string> {
  if (!pull.merge) throw new Error(`pull request ${pull.number} is not merged`);
  let commit = pull.merge.commit;
  for (let step = 0; step < Math.max(1, pull.commits); step += 1) {
    const { data } = await octokit.rest.git.getCommit({ ...repository, commit_sha: commit });
    const parent = data.parents[0]?.sha;
    if (parent === undefined)
      throw new Error(`commit ${commit} has no parent: there is nothing to compare the merge with`);
    commit = parent;
    if (data.parents.length > 1 || !(await belongsTo(octokit, repository, commit, pull))) return commit;
  }
  return commit;
}

async function belongsTo(
  octokit: Octokit,
  repository: Repository,
  commit: string,
  pull: PullRequest,
): Promise<boolean> {
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...repository, commit_sha: commit });
  return data.some((one) => one.number === pull.number);
}
