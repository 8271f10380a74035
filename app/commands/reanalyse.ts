import { countOf, formatCount } from '../../core/rendering/numbers.ts';
import { render } from '../../core/rendering/render.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { publishStickyComment } from '../../github/sticky-comment.ts';
import { currentApproval } from '../../registry/approvals.ts';
import { listConditions } from '../../registry/conditions.ts';
import { failingRecordsOf } from '../../registry/failing-records.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { countsOf, type RecordCount } from '../../registry/record-counts.ts';
import { orderCounts } from '../approval/order-counts.ts';
import { askForFailingRecords } from '../conditions/ask-for-failing-records.ts';
import { conditionsOf } from '../conditions/conditions-of.ts';
import { failingLines } from '../conditions/failing-lines.ts';
import type { AppContext } from '../context.ts';
import { type CommandJob, countedMessage, type PullRequestJob, pullRequestMessage } from '../jobs.ts';
import { type Answer, refused } from './answer.ts';
import { rightOf } from './right-of.ts';

/** Has the records counted again, for those who may approve; the figures come in a comment once a runner has them. */
export async function reanalyse(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  login: string,
): Promise<Answer> {
  const right = await rightOf(context, octokit, job, pull, login);
  if ('answer' in right) return right.answer;
  const { judged, reviewed } = right;
  const { policy } = judged;
  const conditions = await conditionsOf(context, job, judged, reviewed.review);
  await askForFailingRecords(context, job, reviewed, { conditions, again: countedMessage(job) });
  const ordered = await orderCounts(context, job, reviewed, {
    moment: 'again',
    policy,
    done: countedMessage(job),
  });
  if (ordered === 0) return refused('no migration here touches records that could be counted.');
  return { done: true, words: 'the records are counted again; the figures come as a comment when a runner has them.' };
}

/** Tells what was counted again, once all of it is. */
export async function tellCounts(context: AppContext, job: PullRequestJob): Promise<void> {
  const of = { repository: formatRepository(job.repository), pullRequest: job.number };
  const counts = await countsOf(context.registry, of);
  const again = counts.filter(({ moment }) => moment === 'again');
  if (again.length === 0 || again.some(({ records }) => records === undefined)) return;
  const approval = await currentApproval(context.registry, of);
  const conditions = approval ? await listConditions(context.registry, approval) : [];
  const failing = approval ? failingLines(await failingRecordsOf(context.registry, approval), conditions) : [];
  await publishStickyComment(await context.github(job.installationId), job.repository, {
    number: job.number,
    marker: 'sluice:counted',
    author: await context.login(),
    body: render('app/counted', {
      counts: again.map((count) => lineOf(count, approvedOf(count, counts))),
      failing,
    }),
  });
  // The issue of the conditions lists them too.
  if (failing.length > 0) await appendOutbox(context.registry, pullRequestMessage(job));
}

function approvedOf({ path, fingerprint }: RecordCount, counts: readonly RecordCount[]): number | undefined {
  return counts.find((one) => one.moment === 'approved' && one.path === path && one.fingerprint === fingerprint)
    ?.records;
}

function lineOf({ path, records = 0, target }: RecordCount, approved: number | undefined): object {
  return {
    path,
    table: target.table,
    records: countOf(records, 'record'),
    approved: approved === undefined ? 'not counted' : formatCount(approved),
  };
}
