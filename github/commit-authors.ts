import type { Octokit, Repository } from './octokit.ts';

/** The account under which GitHub itself commits what people do on its pages. */
const webFlow = 'web-flow';

/**
 * Logins of authors and committers of the commits that `head` has and `base` has not. A merge that GitHub made ("Update branch") is nobody's work.
 * Commits name whom they like: this finds the honest, and those whom GitHub knows by their address.
 */
export async function commitAuthors(
  octokit: Octokit,
  repository: Repository,
  base: string,
  head: string,
): Promise<readonly string[]> {
  const request = { ...repository, basehead: `${base}...${head}`, per_page: 100 };
  const commits = await octokit.paginate(
    octokit.rest.repos.compareCommitsWithBasehead,
    request,
    ({ data }) => (data as unknown as { commits: PushedCommit[] }).commits,
  );
  const logins = commits
    .filter((commit) => !isUpdateFromBase(commit))
    .flatMap(({ author, committer }) => [author?.login, committer?.login])
    .filter((login) => login !== undefined && login !== webFlow);
  return [...new Set(logins as string[])];
}

/** A commit of a pull request, as far as it matters whose it is. */
export interface PushedCommit {
  readonly sha: string;
  readonly author: { readonly login: string } | null;
  readonly committer: { readonly login: string } | null;
  readonly parents: readonly unknown[];
}

/** A merge that GitHub made on somebody's click. */
export function isUpdateFromBase({ parents, committer }: PushedCommit): boolean {
  return parents.length >= 2 && committer?.login === webFlow;
}
