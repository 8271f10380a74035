import type { Octokit as RestOctokit } from '@octokit/rest';

/** The part of Octokit that Sluice uses. Probot's, the Action's and a plain one all have it; retries and rate limits are theirs to handle. */
export type Octokit = Pick<RestOctokit, 'rest' | 'paginate' | 'graphql'>;

export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** `owner/name`, as people write it. */
export function formatRepository(repository: Repository): string {
  return `${repository.owner}/${repository.repo}`;
}
