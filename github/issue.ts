import type { Octokit, Repository } from './octokit.ts';

/** Says why, and closes. */
export async function closeIssue(
  octokit: Octokit,
  repository: Repository,
  number: number,
  body: string,
): Promise<void> {
  await octokit.rest.issues.createComment({ ...repository, issue_number: number, body });
  await octokit.rest.issues.update({ ...repository, issue_number: number, state: 'closed', state_reason: 'completed' });
}

/** Opens an issue unless the author has opened the one with this marker before, open or closed. Returns its number. */
export async function openIssueOnce(
  octokit: Octokit,
  repository: Repository,
  issue: { readonly marker: string; readonly author: string; readonly title: string; readonly body: string },
): Promise<number> {
  const line = `<!-- ${issue.marker} -->`;
  const request = { ...repository, creator: issue.author, state: 'all', per_page: 100 } as const;
  const known = await octokit.paginate(octokit.rest.issues.listForRepo, request);
  const same = known.find((one) => one.user?.login === issue.author && one.body?.startsWith(line) === true);
  if (same) return same.number;
  const created = await octokit.rest.issues.create({
    ...repository,
    title: issue.title,
    body: `${line}\n${issue.body}`,
  });
  return created.data.number;
}
