import type { Octokit, Repository } from './octokit.ts';

/** Numbers of the open and the merged pull requests that changed at or after a moment. One request for most repositories. */
export async function recentPullRequests(octokit: Octokit, repository: Repository, since: Date): Promise<number[]> {
  const request = { ...repository, state: 'all', sort: 'updated', direction: 'desc', per_page: 100 } as const;
  const numbers: number[] = [];
  for await (const { data } of octokit.paginate.iterator(octokit.rest.pulls.list, request)) {
    for (const pull of data) {
      if (new Date(pull.updated_at) < since) return numbers;
      if (pull.state === 'open' || pull.merged_at !== null) numbers.push(pull.number);
    }
  }
  return numbers;
}
