import { unreachable } from '../../core/unreachable.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { markAnswered } from '../../registry/commands.ts';
import { appendEvent } from '../../registry/events.ts';
import { withPullRequest } from '../approval/evaluate.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import { type Answer, giveAnswer, react, refused } from './answer.ts';
import { giveOpinion } from './give-opinion.ts';
import { help } from './help.ts';
import { reanalyse } from './reanalyse.ts';
import { type CommandRequest, readRequest } from './request.ts';
import { schedule, showSchedule } from './schedule.ts';
import { showConditions } from './show-conditions.ts';
import { showPlan } from './show-plan.ts';
import { steerRun } from './steer-run.ts';
import { tick } from './tick.ts';

/** Does what a comment or a click asks for and answers it, once. Safe to repeat. */
export async function executeCommand(context: AppContext, job: CommandJob): Promise<void> {
  await withPullRequest(context, job, async (octokit, pull) => {
    const request = await readRequest(context, octokit, job);
    if (request === undefined) return;
    if (request.comment !== undefined) await react(octokit, job, request.comment, 'eyes');
    const answer = await answerTo(context, octokit, job, pull, request);
    if (request.comment === undefined && request.command.verb === 'unknown') await noteRefusal(context, job, request);
    await giveAnswer(context, octokit, job, request, answer);
    await markAnswered(context.registry, { repository: formatRepository(job.repository), key: job.key });
  });
}

/** A click that means nothing any more may be one that somebody has caught and sent again. */
async function noteRefusal({ registry }: AppContext, job: CommandJob, { login }: CommandRequest): Promise<void> {
  await appendEvent(registry, {
    kind: 'click.refused',
    repository: formatRepository(job.repository),
    actor: login,
    subject: `pull request ${job.number}`,
    data: { click: job.key },
  });
}

function answerTo(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  request: CommandRequest,
): Promise<Answer> {
  const { command } = request;
  switch (command.verb) {
    case 'approve':
    case 'reject':
      return giveOpinion(context, octokit, job, pull, { ...request, verb: command.verb });
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'rollback':
    case 'retry':
    case 'rehearse':
    case 'continue':
      return steerRun(context, octokit, job, pull, { ...request, command });
    case 'plan':
      return showPlan(context, octokit, job, pull);
    case 'reanalyse':
      return reanalyse(context, octokit, job, pull, request.login);
    case 'schedule':
      return command.window === undefined
        ? showSchedule(context, job)
        : schedule(context, octokit, job, pull, { ...request, window: command.window });
    case 'help':
      return Promise.resolve(help);
    case 'conditions':
      return command.tick === undefined
        ? showConditions(context, job)
        : tick(context, octokit, job, pull, { login: request.login, position: command.tick });
    case 'unknown':
      return Promise.resolve(refused(`${command.problem}.`));
    default:
      return unreachable(command);
  }
}
