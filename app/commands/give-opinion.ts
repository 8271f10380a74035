import { mayDecide } from '../../core/approval/decide.ts';
import { includesLogin, sameLogin } from '../../core/approval/eligibility.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Octokit } from '../../github/octokit.ts';
import type { PullRequest } from '../../github/pull-request.ts';
import { evaluateOpen } from '../approval/evaluate.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import { settleMerge } from '../merge/settle.ts';
import { type Answer, refused } from './answer.ts';
import type { CommandRequest } from './request.ts';
import { rightOf } from './right-of.ts';

/** The opinion is noted already, and counts as a review does or does not: decides anew, and says which. */
export async function giveOpinion(
  context: AppContext,
  octokit: Octokit,
  job: CommandJob,
  pull: PullRequest,
  { login, about, verb }: CommandRequest & { readonly verb: 'approve' | 'reject' },
): Promise<Answer> {
  if (pull.state === 'merged') {
    if (verb === 'approve')
      return refused('the pull request is merged; what was held at the merge is released by an approving review.');
    const person = await rightOf(context, octokit, job, pull, login);
    if ('answer' in person) return person.answer;
    await settleMerge(context, octokit, job, pull);
    return {
      done: true,
      words: 'runs that have not started do not start any more; `/sluice cancel` calls one off that has.',
    };
  }
  if (pull.state === 'closed') return refused('the pull request is closed.');
  const judged = await evaluateOpen(context, octokit, job, pull);
  if (judged.result === 'undecided') return refused('nothing can be decided at the moment; the check says why.');
  const { decision, policy, facts } = judged;
  if (decision.state === 'not-needed') return refused('no approval is needed here.');
  const right = await mayDecide(policy, facts, { login, isBot: false });
  if (right !== true) return refused(`you may not: \`${login}\` ${right.reason}.`);
  if (verb === 'reject') {
    return { done: true, words: 'this is held up until you approve, with `/sluice approve` or a review.' };
  }
  if (about?.fingerprint === undefined) {
    return refused(
      'when you wrote, the check did not list yet what there is to approve. Please look at it and approve again.',
    );
  }
  switch (decision.state) {
    case 'approved':
      return { done: true, words: 'approved.' };
    case 'rejected':
      if (verb === 'approve' && includesLogin(decision.by, login)) return refused(clickOver);
      return { done: true, words: `noted; it is held up by ${names(decision.by)}, who asks for changes.` };
    case 'waiting': {
      const stale = decision.stale.find((one) => sameLogin(one.login, login));
      if (stale)
        return refused(
          `your approval is of what the check listed before: ${stale.reason}. Please look at it and approve again.`,
        );
      if (!decision.rules.some(({ given }) => includesLogin(given, login))) return refused(clickOver);
      return {
        done: true,
        words: `noted; ${countOf(decision.missing, 'approval')} more ${decision.missing === 1 ? 'is' : 'are'} needed.`,
      };
    }
    default:
      return unreachable(decision);
  }
}

const clickOver =
  'you asked for changes here, or your review was dismissed; a click does not take that back. Please comment `/sluice approve`, or review.';

function names(logins: readonly string[]): string {
  return logins.map((login) => `\`${login}\``).join(', ');
}
