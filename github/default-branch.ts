import type { Octokit, Repository } from './octokit.ts';
import { unlessMissing } from './request-status.ts';

/** The default branch and its last commit, now; undefined while the repository is empty. */
export async function readDefaultBranch(
  octokit: Octokit,
  repository: Repository,
): Promise<{ readonly branch: string; readonly commit: string } | undefined> {
  const { data } = await octokit.rest.repos.get({ ...repository });
  const branch = data.default_branch;
  const ref = await unlessMissing(octokit.rest.git.getRef({ ...repository, ref: `heads/${branch}` }), undefined);
  return ref && { branch, commit: ref.data.object.sha };
}
