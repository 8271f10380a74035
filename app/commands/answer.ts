import { render } from '../../core/rendering/render.ts';
import type { Octokit } from '../../github/octokit.ts';
import { publishStickyComment } from '../../github/sticky-comment.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import type { CommandRequest } from './request.ts';

/** What Sluice answers to a command. */
export interface Answer {
  /** False: it was refused. */
  readonly done: boolean;
  /** A sentence in which words between backticks are code. */
  readonly words: string;
  /** A list below it, of such sentences. */
  readonly details?: readonly string[];
}

export const overtaken = refused(
  'something else that was asked for later has been done already. Please comment again if you still want it.',
);

export function refused(words: string): Answer {
  return { done: false, words };
}

/** A reaction, and one comment however often the job runs. A click whose effect is to be seen on the check needs no words. */
export async function giveAnswer(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  request: CommandRequest,
  answer: Answer,
): Promise<void> {
  const { repository, number, key } = job;
  if (request.comment !== undefined) await react(octokit, job, request.comment, answer.done ? '+1' : 'confused');
  else if (answer.done) return;
  await publishStickyComment(octokit, repository, {
    number,
    marker: `sluice:answer:${key}`,
    author: await context.login(),
    body: render('app/command-answer', { login: request.login, details: [], ...answer }),
  });
}

export async function react(
  octokit: Octokit,
  { repository }: CommandJob,
  comment: number,
  content: '+1' | 'confused' | 'eyes',
): Promise<void> {
  await octokit.rest.reactions.createForIssueComment({ ...repository, comment_id: comment, content });
}
