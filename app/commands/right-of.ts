import { mayDecide } from '../../core/approval/decide.ts';
import type { Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import type { Reviewed } from '../approval/assess.ts';
import { type Judgement, judge } from '../approval/judge.ts';
import { situationOf } from '../approval/situation.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';
import { type Answer, refused } from './answer.ts';

export interface Right {
  readonly judged: Extract<Judgement, { result: 'decided' }>;
  readonly reviewed: Reviewed;
}

/** Whether a person may approve a pull request now, and so command its run, with the decision as it is now; or the answer why not. */
export async function rightOf(
  context: AppContext,
  octokit: Octokit,
  job: PullRequestJob,
  pull: PullRequest,
  login: string,
): Promise<Right | { readonly answer: Answer }> {
  const { assessment, ...about } = await situationOf(context, octokit, job.repository, pull);
  if (assessment.result !== 'reviewed')
    return { answer: refused('the configuration cannot be read; the check says why.') };
  const judged = await judge(context, octokit, { ...about, reviewed: assessment });
  if (judged.result === 'undecided')
    return { answer: refused('nothing can be decided at the moment; the check says why.') };
  const right = await mayDecide(judged.policy, judged.facts, { login, isBot: false });
  if (right !== true) return { answer: refused(`you may not: \`${login}\` ${right.reason}.`) };
  return { judged, reviewed: assessment };
}
