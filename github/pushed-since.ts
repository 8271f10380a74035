import { isUpdateFromBase, type PushedCommit } from './commit-authors.ts';
import type { Octokit, Repository } from './octokit.ts';
import { requestStatus } from './request-status.ts';

/**
 * Whether a pull request has got commits of its own after `commit` that are more than updates from its base branch, made by GitHub itself.
 * Yes also when `commit` is not behind the head any more, or gone: somebody rewrote the branch.
 * @param base the base branch, or its last commit
 */
export async function pushedSince(
  octokit: Octokit,
  repository: Repository,
  { base, head, commit }: { readonly base: string; readonly head: string; readonly commit: string },
): Promise<boolean> {
  if (commit === head) return false;
  if (commit === '') return true;
  try {
    const since = await compare(octokit, repository, commit, head);
    if (since.status !== 'ahead') return true;
    // What came along from the base branch is nobody's push.
    const own = new Set((await compare(octokit, repository, base, head)).commits.map(({ sha }) => sha));
    return since.commits.some((each) => own.has(each.sha) && !isUpdateFromBase(each));
  } catch (error) {
    if ([404, 422].includes(requestStatus(error) ?? 0)) return true;
    throw error;
  }
}

async function compare(
  octokit: Octokit,
  repository: Repository,
  base: string,
  head: string,
): Promise<{ status: string; commits: readonly PushedCommit[] }> {
  const request = { ...repository, basehead: `${base}...${head}`, per_page: 100 };
  let status = '';
  const commits = await octokit.paginate(octokit.rest.repos.compareCommitsWithBasehead, request, ({ data }) => {
    const page = data as unknown as { status: string; commits: PushedCommit[] };
    status ||= page.status;
    return page.commits;
  });
  return { status, commits };
}
