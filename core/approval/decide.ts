import type { ApprovalPolicy, ApprovalRule } from '../configuration/configuration.ts';
import type { Fingerprint } from '../review/review.ts';
import type { Decision, RefusedApproval, RuleState, StaleApproval } from './decision.ts';
import { describeApprovers, mayApprove } from './eligibility.ts';
import type { ApprovalFacts, ReviewFact } from './facts.ts';

/**
 * Whether a breaking change may go ahead. All rules must be met; one person may count for several of them. Only an approval of exactly this
 * fingerprint counts. Changes requested by somebody who may approve hold everything up, whatever was pushed since, until that person approves
 * or the review is dismissed. Membership and permission are asked for now, not remembered.
 * @param fingerprint what would be approved; undefined when nothing needs approval
 */
export async function decide(
  policy: ApprovalPolicy,
  facts: ApprovalFacts,
  fingerprint: Fingerprint | undefined,
): Promise<Decision> {
  if (fingerprint === undefined) return { state: 'not-needed' };
  const rules = policy.rules.map((rule) => ({ rule, given: [] as string[] }));
  const stale: StaleApproval[] = [];
  const refused: RefusedApproval[] = [];
  const against: string[] = [];
  for (const review of await facts.reviews()) {
    if (review.opinion === 'dismissed') continue;
    const standing = await standingOf(review, policy, facts);
    if (review.opinion === 'changes-requested') {
      if (standing.rules.length > 0) against.push(review.login);
    } else if (standing.rules.length === 0) {
      refused.push({ login: review.login, reason: standing.refusal });
    } else if (review.fingerprint !== fingerprint) {
      stale.push({ login: review.login, commit: review.commit });
    } else {
      for (const state of rules) if (standing.rules.includes(state.rule)) state.given.push(review.login);
    }
  }
  if (against.length > 0) return { state: 'rejected', by: against, reason: 'asks for changes' };
  const states = rules.map(({ rule, given }): RuleState => {
    return { rule: rule.name, required: rule.require, given, from: describeApprovers(rule) };
  });
  // No rule at all can only be a mistake: it must not let everything through.
  if (states.length > 0 && states.every((state) => state.given.length >= Math.max(1, state.required))) {
    return { state: 'approved', by: [...new Set(states.flatMap((state) => state.given))], rules: states };
  }
  return { state: 'waiting', rules: states, stale, refused };
}

interface Standing {
  /** The rules under which this person's word counts. */
  readonly rules: readonly ApprovalRule[];
  /** Why under none of them. */
  readonly refusal: string;
}

async function standingOf(review: ReviewFact, policy: ApprovalPolicy, facts: ApprovalFacts): Promise<Standing> {
  const rules: ApprovalRule[] = [];
  let refusal = 'no rule lets anybody approve';
  for (const rule of policy.rules) {
    const answer = await mayApprove(rule, review, facts);
    if (answer === true) rules.push(rule);
    else refusal = answer.reason;
  }
  return { rules, refusal };
}
