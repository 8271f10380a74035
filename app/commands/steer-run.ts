import type { Command, RunVerb } from '../../core/approval/commands/parse.ts';
import { InputError } from '../../core/input-error.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { isOvertaken } from '../../registry/overtaken.ts';
import { listRuns } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { steer } from '../../registry/runs/steer.ts';
import { rememberDecision } from '../approval/remember.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import { type Answer, overtaken, refused } from './answer.ts';
import { continueRun } from './continue-run.ts';
import { orderAgain, rehearse } from './order-again.ts';
import type { CommandRequest } from './request.ts';
import { type Right, rightOf } from './right-of.ts';

type Steering = Extract<Command, { verb: RunVerb }>;

/** Steers the run of a pull request for those who may approve it, as `sluice pause` and its like do. */
export async function steerRun(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  { command, login, comment, given }: Omit<CommandRequest, 'command'> & { readonly command: Steering },
): Promise<Answer> {
  const right = await rightOf(context, octokit, job, pull, login);
  if ('answer' in right) return right.answer;
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
  const { verb } = command;
  const about = { repository, runId: run.id, schedulesOf: verb === 'continue' ? job.number : undefined };
  if (comment !== undefined && (await isOvertaken(context.registry, about, { comment, given }))) return overtaken;
  switch (verb) {
    case 'retry':
    case 'rehearse':
    case 'continue': {
      if (!(await isStillApproved(context, job, pull, right)))
        return refused('what it would do is not approved any more; an approval is needed first.');
      if (verb === 'retry') return orderAgain(context, run, login);
      return verb === 'rehearse' ? rehearse(context, run, login) : continueRun(context, run, login);
    }
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'rollback':
      return wish(context, run, verb, login);
    default:
      return unreachable(verb);
  }
}

/** As it is decided now, not as it was at the merge. */
async function isStillApproved(
  context: AppContext,
  job: CommandJob,
  pull: PullRequest,
  { judged: { decision, policy }, reviewed: { review } }: Right,
): Promise<boolean> {
  await rememberDecision(context, job, { head: pull.head, decision, review, policy });
  return decision.state === 'approved';
}

/** The run that is meant when none is named: the only one, of each schema the last attempt. */
function onlyOne(runs: readonly Run[]): Run | undefined {
  const latest = new Map([...runs].reverse().map((run) => [run.path, run]));
  return latest.size === 1 ? [...latest.values()][0] : undefined;
}

async function wish(
  context: AppContext,
  { id, state: before }: Run,
  verb: 'pause' | 'resume' | 'cancel' | 'rollback',
  login: string,
): Promise<Answer> {
  if (verb === 'cancel' && before === 'failed')
    return { done: true, words: `the run \`${id}\` has failed and is over: there is nothing of it to call off.` };
  try {
    const { state } = await steer(context.registry, id, verb, login);
    return { done: true, words: `the run \`${id}\` is ${state}; its check on the merge commit shows more.` };
  } catch (error) {
    if (error instanceof InputError) return refused(`${error.problem}.`);
    throw error;
  }
}
