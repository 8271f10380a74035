import type { Octokit, Repository } from './octokit.ts';

/** What a person writes, and nothing else, below an issue of Sluice to let go ahead what it tells of. */
export const releaseCommand = '/sluice release';

/** Logins of people who wrote the command below an issue and never edited it. Bots, and comments that programs wrote for people, do not count. */
export async function releasedBy(octokit: Octokit, repository: Repository, issue: number): Promise<readonly string[]> {
  const request = { ...repository, issue_number: issue, per_page: 100 };
  const comments = await octokit.paginate(octokit.rest.issues.listComments, request);
  const logins = comments
    .filter(({ body }) => isReleaseCommand(body))
    .filter(({ created_at, updated_at }) => created_at === updated_at)
    .filter(({ user, performed_via_github_app: app }) => user?.type === 'User' && !app)
    .map(({ user }) => user?.login ?? '');
  return [...new Set(logins)];
}

/** The whole comment, so that quotes and code blocks are none. */
export function isReleaseCommand(body: string | undefined | null): boolean {
  return body?.trim() === releaseCommand;
}
