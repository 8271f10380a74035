import { isOfTheRun } from '../../core/approval/condition.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { formatRepository, type Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { countOpenConditions, tickCondition } from '../../registry/conditions.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { handOver } from '../../registry/runs/hand-over.ts';
import { evaluateOpen } from '../approval/evaluate.ts';
import { conditionsOf } from '../conditions/conditions-of.ts';
import { trackConditions } from '../conditions/track.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import { type Answer, refused } from './answer.ts';
import { rightOf } from './right-of.ts';

/** Says that a condition is met, for those who may approve. With the last one, runs that waited for it are handed to a runner. */
export async function tick(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  { login, position }: { readonly login: string; readonly position: number },
): Promise<Answer> {
  const right = await rightOf(context, octokit, job, pull, login);
  if ('answer' in right) return right.answer;
  const { judged, reviewed } = right;
  const { review } = reviewed;
  if (judged.decision.state !== 'approved')
    return refused('nothing is approved as it stands; an approval is needed first.');
  const conditions = await conditionsOf(context, job, judged, review);
  const { fingerprint } = review;
  if (conditions.length === 0 || fingerprint === undefined) return refused('there are no conditions.');
  const meant = conditions.find((one) => one.position === position);
  if (meant && isOfTheRun(meant.kind))
    return refused(`condition ${position} is met by the run itself, when its time has come: nobody ticks it.`);
  const of = { repository: formatRepository(job.repository), pullRequest: job.number, fingerprint };
  const left = await inTransaction(context.registry, async (client) => {
    if (!(await tickCondition(client, of, position, login))) return undefined;
    const open = await countOpenConditions(client, of);
    await handOver(client, of);
    const data = { fingerprint, condition: position };
    const subject = `pull request ${job.number}`;
    await appendEvent(client, { kind: 'condition.met', repository: of.repository, actor: login, subject, data });
    return open;
  });
  if (left === undefined) return refused(`there is no open condition ${position}; \`/sluice conditions\` lists them.`);
  if (pull.state === 'open') await evaluateOpen(context, octokit, job, pull);
  else {
    const now = await conditionsOf(context, job, judged, review);
    const tracked = trackConditions(context, octokit, job, pull, { conditions: now, fingerprint });
    await tracked.catch((error: unknown) =>
      context.log.warn({ err: error }, 'the issue of the conditions was not updated'),
    );
  }
  return { done: true, words: left === 0 ? 'met; that was the last one.' : `met; ${countOf(left, 'condition')} left.` };
}
