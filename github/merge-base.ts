import type { Octokit, Repository } from './octokit.ts';

/** SHA of the commit where two lines of history part: what a pull request changes is counted from there. Branches or SHAs. */
export async function mergeBase(octokit: Octokit, repository: Repository, base: string, head: string): Promise<string> {
  // The second page leaves out the list of files, the big part of the answer.
  const basehead = `${base}...${head}`;
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...repository,
    basehead,
    per_page: 1,
    page: 2,
  });
  return data.merge_base_commit.sha;
}
