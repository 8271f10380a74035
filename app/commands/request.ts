import {
  type Command,
  type NoCommand,
  parseCommand,
  type RunVerb,
  runVerbs,
} from '../../core/approval/commands/parse.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import { unlessMissing } from '../../github/request-status.ts';
import { noteCommand, readCommand } from '../../registry/commands.ts';
import { readRun } from '../../registry/runs/read.ts';
import { countSteering } from '../../registry/runs/steering.ts';
import { type Shown, shownAt } from '../../registry/shown.ts';
import type { AppContext } from '../context.ts';
import { type CommandJob, commentOf } from '../jobs.ts';
import { isRefusal, readRunClick, refusals } from './click.ts';

/** A command with who gave it, to be executed and answered. */
export interface CommandRequest {
  readonly command: Command | NoCommand;
  readonly login: string;
  /** What the check showed when an approval or rejection was given. */
  readonly about: Shown | undefined;
  /** Number of the comment; undefined for a click. */
  readonly comment: number | undefined;
  readonly given: Date;
}

/** What a job is about, as GitHub and the registry have it now; undefined when there is nothing to do (any more). */
export function readRequest(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
): Promise<CommandRequest | undefined> {
  const comment = commentOf(job.key);
  return comment === undefined ? readClick(context, job) : readComment(context, octokit, job, comment);
}

async function readComment(
  { registry }: AppContext,
  octokit: Octokit,
  job: CommandJob,
  id: number,
): Promise<CommandRequest | undefined> {
  const call = octokit.rest.issues.getComment({ ...job.repository, comment_id: id });
  const comment = (await unlessMissing(call, undefined))?.data;
  if (comment?.user?.type !== 'User' || comment.performed_via_github_app) return undefined;
  // Others with rights may edit a comment: what it says then is not what its author said.
  if (comment.created_at !== comment.updated_at) return undefined;
  if (comment.issue_url.split('/').at(-1) !== String(job.number)) return undefined;
  const command = parseCommand(comment.body ?? '');
  if (command === undefined) return undefined;
  const { login } = comment.user;
  const of = { repository: formatRepository(job.repository), pullRequest: job.number };
  const given = new Date(comment.created_at);
  const about = await shownAt(registry, of, given);
  const conditions = command.verb === 'approve' ? command.conditions : [];
  const open = await noteCommand(registry, {
    ...of,
    key: job.key,
    login,
    verb: command.verb,
    given,
    about,
    conditions,
    ...(command.verb === 'reject' ? { reason: command.reason } : {}),
  });
  return open ? { command, login, about, comment: id, given } : undefined;
}

async function readClick({ registry }: AppContext, job: CommandJob): Promise<CommandRequest | undefined> {
  const row = await readCommand(registry, { repository: formatRepository(job.repository), key: job.key });
  if (row === undefined || !(await noteCommand(registry, row))) return undefined;
  const { verb, login, about, given } = row;
  const by = { login, about, comment: undefined, given };
  if (isRefusal(verb)) return { command: { verb: 'unknown', problem: refusals[verb] }, ...by };
  if (verb === 'approve') return { command: { verb, conditions: [] }, ...by };
  if (verb === 'reject') return { command: { verb, reason: '' }, ...by };
  const click = readRunClick(job.key);
  const run = click && (await readRun(registry, click.run));
  if (!isRunVerb(verb) || click === undefined || run === undefined) return undefined;
  if (click.at !== (await countSteering(registry, run))) {
    const problem = `Somebody has steered the run \`${run.id}\` since this button was shown, and it is ${run.state} now. Please look at its check, and click again`;
    return { command: { verb: 'unknown', problem }, ...by };
  }
  return { command: { verb, run: click.run }, ...by };
}

function isRunVerb(verb: string): verb is RunVerb {
  return (runVerbs as readonly string[]).includes(verb);
}
