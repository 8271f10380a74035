import { isOfTheRun } from '../../core/approval/condition.ts';
import { render } from '../../core/rendering/render.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { closeIssue, openIssueOnce } from '../../github/issue.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import type { Condition } from '../../registry/conditions.ts';
import { failingRecordsOf } from '../../registry/failing-records.ts';
import { tellOnce } from '../../registry/told.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { failingLines } from './failing-lines.ts';

/** Keeps an issue about the conditions of an approval, with the records that keep them from being met, for whoever has to see to them; closed when all are met. Without conditions there is none. */
export async function trackConditions(
  context: AppContext,
  octokit: Octokit,
  { repository }: PullRequestJob,
  pull: PullRequest,
  { conditions, fingerprint }: { readonly conditions: readonly Condition[]; readonly fingerprint: string | undefined },
): Promise<void> {
  if (conditions.length === 0 || fingerprint === undefined) return;
  const marker = `sluice:conditions:${pull.number}:${fingerprint.slice(0, 16)}`;
  const of = { repository: formatRepository(repository), pullRequest: pull.number };
  const failing = await failingRecordsOf(context.registry, { ...of, fingerprint });
  const body = render('app/condition-issue', {
    url: pull.url,
    number: pull.number,
    author: pull.author,
    conditions: conditions.map(({ position, words, setBy, kind, metBy = '' }) => ({
      position,
      words,
      setBy,
      metBy,
      isWindow: kind === 'window',
      isRehearsal: kind === 'rehearsal',
    })),
    failing: failingLines(failing, conditions),
  });
  const issue_number = await openIssueOnce(octokit, repository, {
    marker,
    author: await context.login(),
    title: onOneLine(`Before the run of pull request ${pull.number}: ${pull.title}`).slice(0, 250),
    body,
  });
  const { data: issue } = await octokit.rest.issues.get({ ...repository, issue_number });
  // Who is to see to it: the author, whose change it is. GitHub leaves out whom it cannot assign.
  if (
    issue.state === 'open' &&
    pull.author !== '' &&
    (await tellOnce(context.registry, of, `assigned: ${issue_number}`))
  )
    await octokit.rest.issues
      .addAssignees({ ...repository, issue_number, assignees: [pull.author] })
      .catch((error: unknown) => context.log.warn({ err: error }, 'the issue of the conditions was not assigned'));
  const text = `<!-- ${marker} -->\n${body}`;
  if (issue.body !== text) await octokit.rest.issues.update({ ...repository, issue_number, body: text });
  // What the run sees to by itself is nothing for people to do.
  const isOpen = conditions.some(({ met, kind }) => met === undefined && !isOfTheRun(kind));
  if (!isOpen && issue.state === 'open')
    await closeIssue(octokit, repository, issue_number, render('app/condition-done', {}));
}
