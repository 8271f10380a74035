import { describeHold } from '../../core/schedule/describe-state.ts';
import { namedWindow } from '../../core/schedule/named-window.ts';
import { windowsState } from '../../core/schedule/windows-state.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { bindingWindows } from '../../registry/binding-windows.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { isOvertaken } from '../../registry/overtaken.ts';
import { handOver } from '../../registry/runs/hand-over.ts';
import { listRuns } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { setSchedule } from '../../registry/schedules.ts';
import { waitsOf } from '../../registry/waits.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import { type Answer, overtaken, refused } from './answer.ts';
import { underWay } from './continue-run.ts';
import type { CommandRequest } from './request.ts';
import { rightOf } from './right-of.ts';

/** Says when the runs of a pull request may start, for those who may approve. What the policy and the approval ask for holds besides. */
export async function schedule(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  { login, window, comment, given }: Pick<CommandRequest, 'login' | 'comment' | 'given'> & { readonly window: string },
): Promise<Answer> {
  if (pull.state === 'closed') return refused('the pull request is closed.');
  const right = await rightOf(context, octokit, job, pull, login);
  if ('answer' in right) return right.answer;
  const { windows = {} } = right.judged.policy;
  const written = window === 'now' ? undefined : namedWindow(window, windows);
  if (window !== 'now' && written === undefined) return refused(unreadable(window, Object.keys(windows)));
  const of = { repository: formatRepository(job.repository), pullRequest: job.number };
  const about = { repository: of.repository, schedulesOf: job.number };
  if (comment !== undefined && (await isOvertaken(context.registry, about, { comment, given }))) return overtaken;
  await inTransaction(context.registry, async (db) => {
    await setSchedule(db, of, 'person', { windows: written === undefined ? [] : [written], setBy: login });
    await handOver(db, of);
    const data = { head: pull.head, window: written ?? 'now' };
    const subject = `pull request ${job.number}`;
    await appendEvent(db, { kind: 'schedule.set', repository: of.repository, actor: login, subject, data });
  });
  return showSchedule(context, job);
}

/** What the runs that have not started wait for, and what holds those that have. Anybody may ask. */
export async function showSchedule({ registry }: AppContext, job: CommandJob): Promise<Answer> {
  const of = { repository: formatRepository(job.repository), pullRequest: job.number };
  const runs = await listRuns(registry, { ...of, states: ['planned', ...underWay] });
  const details = await Promise.all(
    runs.map(async (run) => `\`${run.id}\` of ${run.schema}: ${await stateWords(registry, run)}`),
  );
  if (details.length > 0) return { done: true, words: 'these runs wait or are under way:', details };
  const words = await waitsOf(registry, {
    ...of,
    mergeCommit: '',
    path: '',
    dryRun: undefined,
    fingerprint: undefined,
  });
  const when = words.length === 0 ? 'would start at once' : `would wait for ${words.join('; ')}`;
  return { done: true, words: `no run is waiting; one that is ordered now ${when}.` };
}

async function stateWords(registry: AppContext['registry'], run: Run): Promise<string> {
  if (run.state === 'planned') {
    const waits = await waitsOf(registry, run);
    return waits.length === 0 ? 'starts as soon as a runner is free' : `waits for ${waits.join('; ')}`;
  }
  if (run.state === 'paused') return 'is paused: `/sluice resume`';
  if (run.outcome?.outsideWindows !== undefined) return 'goes on whether its windows are open or not';
  const { lasting, ofPerson } = await bindingWindows(registry, run);
  const windows = windowsState([...lasting, ...ofPerson], new Date());
  if (windows.state === 'open') return 'is under way';
  return `has begun, and is held: ${windows.closed.map(describeHold).join('; ')}`;
}

function unreadable(window: string, names: readonly string[]): string {
  const known = names.length === 0 ? '' : `, or one of \`${names.join('`, `')}\``;
  return `\`${window.replaceAll('`', '')}\` is no window. Write \`now\`, \`manual\`, a moment such as \`2026-03-01T22:00:00Z\`, or such as \`0 2 * * 1-5 Europe/Berlin for 3h\`${known}.`;
}
