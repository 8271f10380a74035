import { render } from '../../core/rendering/render.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { closeIssue, openIssueOnce } from '../../github/issue.ts';
import type { Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import type { Condition } from '../../registry/conditions.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

/** Keeps an issue about the conditions of an approval, for whoever has to see to them; closed when all are met. Without conditions there is none. */
export async function trackConditions(
  context: AppContext,
  octokit: Octokit,
  { repository }: PullRequestJob,
  pull: PullRequest,
  { conditions, fingerprint }: { readonly conditions: readonly Condition[]; readonly fingerprint: string | undefined },
): Promise<void> {
  if (conditions.length === 0 || fingerprint === undefined) return;
  const marker = `sluice:conditions:${pull.number}:${fingerprint.slice(0, 16)}`;
  const body = render('app/condition-issue', {
    url: pull.url,
    number: pull.number,
    author: pull.author,
    conditions: conditions.map(({ position, words, setBy, metBy = '' }) => ({ position, words, setBy, metBy })),
  });
  const issue_number = await openIssueOnce(octokit, repository, {
    marker,
    author: await context.login(),
    title: onOneLine(`Before the run of pull request ${pull.number}: ${pull.title}`).slice(0, 250),
    body,
  });
  const { data: issue } = await octokit.rest.issues.get({ ...repository, issue_number });
  const text = `<!-- ${marker} -->\n${body}`;
  if (issue.body !== text) await octokit.rest.issues.update({ ...repository, issue_number, body: text });
  const isOpen = conditions.some(({ met }) => met === undefined);
  if (!isOpen && issue.state === 'open')
    await closeIssue(octokit, repository, issue_number, render('app/condition-done', {}));
}
