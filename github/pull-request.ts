import type { Octokit, Repository } from './octokit.ts';
import { unlessMissing } from './request-status.ts';

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** '' when the account was deleted. */
  readonly author: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  readonly head: string;
  /**
   * Name of the branch it goes to, that branch's last commit now (what GitHub stores with the pull request is older; it serves when the branch
   * is gone), and whether it is the default branch: only what reaches that one is published or run.
   */
  readonly base: { readonly branch: string; readonly commit: string; readonly isDefault: boolean };
  /** Number of its commits. */
  readonly commits: number;
  /** `at`: by GitHub's clock, where it tells. */
  readonly merge: { readonly commit: string; readonly by: string; readonly at?: Date | undefined } | undefined;
}

/** A pull request as it is now, whatever a webhook said. */
export async function readPullRequest(octokit: Octokit, repository: Repository, number: number): Promise<PullRequest> {
  const { data } = await octokit.rest.pulls.get({ ...repository, pull_number: number });
  const branch = octokit.rest.git.getRef({ ...repository, ref: `heads/${data.base.ref}` });
  const base = (await unlessMissing(branch, undefined))?.data.object.sha;
  const merged = data.merged && data.merge_commit_sha !== null;
  return {
    number,
    title: data.title,
    url: data.html_url,
    author: data.user?.login ?? '',
    state: merged ? 'merged' : data.state === 'open' ? 'open' : 'closed',
    draft: data.draft ?? false,
    head: data.head.sha,
    base: {
      branch: data.base.ref,
      commit: base ?? data.base.sha,
      isDefault: data.base.ref === data.base.repo.default_branch,
    },
    commits: data.commits,
    merge: merged
      ? {
          commit: data.merge_commit_sha ?? '',
          by: data.merged_by?.login ?? '',
          at: data.merged_at === null ? undefined : new Date(data.merged_at),
        }
      : undefined,
  };
}
