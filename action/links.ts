import type { Links } from '../core/rendering/comment/input.ts';
import { formatRepository, type Repository } from '../github/octokit.ts';

/** GitHub answers longer addresses with an error page. */
const longestAddress = 7_000;

/** Addresses on github.com or on GitHub Enterprise Server. */
export function githubLinks(
  server: string,
  repository: Repository,
  commits: { readonly base: string; readonly head: string; readonly headBranch: string | undefined },
): Links {
  const root = `${server}/${formatRepository(repository)}`;
  return {
    line: (path, line, side) =>
      `${root}/blob/${side === 'new' ? commits.head : commits.base}/${encodePath(path)}#L${line}`,
    create: (path, text) => {
      if (commits.headBranch === undefined) return undefined;
      const query = new URLSearchParams({ filename: path, value: text });
      const address = `${root}/new/${encodePath(commits.headBranch)}?${query.toString()}`;
      return address.length <= longestAddress ? address : undefined;
    },
  };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
