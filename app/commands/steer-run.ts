import type { Command, RunVerb } from '../../core/approval/commands/parse.ts';
import { mayDecide } from '../../core/approval/decide.ts';
import { InputError } from '../../core/input-error.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { retryRun } from '../../registry/runs/create.ts';
import { listRuns } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { steer } from '../../registry/runs/steer.ts';
import { judge } from '../approval/judge.ts';
import { situationOf } from '../approval/situation.ts';
import type { AppContext } from '../context.ts';
import { type CommandJob, runProgressMessage } from '../jobs.ts';
import { type Answer, refused } from './answer.ts';
import type { CommandRequest } from './request.ts';

type Steering = Extract<Command, { verb: RunVerb }>;

/** Steers the run of a pull request for those who may approve it, as `sluice pause` and its like do. */
export async function steerRun(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  { command, login }: Omit<CommandRequest, 'command'> & { readonly command: Steering },
): Promise<Answer> {
  const right = await rightOf(context, octokit, job, pull, login);
  if (right !== true) return refused(`you may not: \`${login}\` ${right.reason}.`);
  const repository = formatRepository(job.repository);
  const runs = await listRuns(context.registry, { repository, pullRequest: job.number });
  const run = command.run === undefined ? onlyOne(runs) : runs.find(({ id }) => id === command.run);
  if (run === undefined) {
    if (runs.length === 0) return refused('this pull request has no run.');
    return {
      ...refused('name one of its runs:'),
      details: runs.map(({ id, schema, state }) => `\`${id}\` of ${schema}, ${state}`),
    };
  }
  return command.verb === 'retry' ? retry(context, run, login) : wish(context, run, command.verb, login);
}

async function rightOf(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  login: string,
): Promise<true | { readonly reason: string }> {
  const { assessment, ...about } = await situationOf(context, octokit, job.repository, pull);
  if (assessment.result !== 'reviewed')
    return { reason: 'cannot be asked about, since the configuration cannot be read' };
  const judged = await judge(context, octokit, { ...about, reviewed: assessment });
  if (judged.result === 'undecided') return { reason: `cannot be asked about: ${judged.problems[0]?.problem ?? ''}` };
  return mayDecide(judged.policy, judged.facts, { login, isBot: false });
}

/** The run that is meant when none is named: the only one, of each schema the last attempt. */
function onlyOne(runs: readonly Run[]): Run | undefined {
  const latest = new Map([...runs].reverse().map((run) => [run.path, run]));
  return latest.size === 1 ? [...latest.values()][0] : undefined;
}

async function wish(context: AppContext, { id }: Run, verb: Exclude<RunVerb, 'retry'>, login: string): Promise<Answer> {
  try {
    const { state } = await steer(context.registry, id, verb, login);
    return { done: true, words: `the run \`${id}\` is ${state}; its check on the merge commit shows more.` };
  } catch (error) {
    if (error instanceof InputError) return refused(`${error.problem}.`);
    throw error;
  }
}

async function retry({ registry }: AppContext, { id, repository }: Run, login: string): Promise<Answer> {
  const made = await inTransaction(registry, async (db) => {
    const next = await retryRun(db, id);
    if (next === undefined) return undefined;
    await appendOutbox(db, runProgressMessage(next));
    const event = { kind: 'run.ordered-again', repository, actor: login, subject: next, data: { of: id } };
    await appendEvent(db, event);
    return next;
  });
  if (made === undefined)
    return refused('only a run that failed, was called off or was rolled back can be ordered again, and only once.');
  return { done: true, words: `ordered again as run \`${made}\`.` };
}
