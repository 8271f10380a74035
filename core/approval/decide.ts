import type { ApprovalPolicy } from '../configuration/approval-policy.ts';
import type { Fingerprint } from '../review/review.ts';
import { type Asked, askedBy, rulesAsked } from './asked.ts';
import type { Decision, GivenApproval, RefusedApproval, StaleApproval } from './decision.ts';
import { mayApprove } from './eligibility.ts';
import type { ApprovalFacts, ReviewFact } from './facts.ts';
import { missingIn, type Outcome, outcomeOf, rulesOf } from './outcome.ts';
import type { RequiredRule } from './requirement.ts';

/** What is asked for one schema, and what was given for it. */
export type SubjectOutcome = Omit<Asked, 'required'> & { readonly outcome: Outcome };

export interface Explained {
  readonly decision: Decision;
  readonly subjects: readonly SubjectOutcome[];
}

/**
 * Whether a breaking change may go ahead. What the policy asks must be met for every schema; one person may count for several rules. Only an
 * approval of exactly this fingerprint counts. Changes requested by somebody who may approve hold everything up, whatever was pushed since,
 * until that person approves or the review is dismissed. Membership and permission are asked for now, not remembered.
 * @param fingerprint what would be approved; undefined when nothing needs approval
 */
export async function decide(
  policy: ApprovalPolicy,
  facts: ApprovalFacts,
  fingerprint: Fingerprint | undefined,
): Promise<Decision> {
  return (await explain(policy, facts, fingerprint)).decision;
}

/** As `decide`, with all that led to the decision. */
export async function explain(
  policy: ApprovalPolicy,
  facts: ApprovalFacts,
  fingerprint: Fingerprint | undefined,
): Promise<Explained> {
  if (fingerprint === undefined) return { decision: { state: 'not-needed' }, subjects: [] };
  const asked = askedBy(policy, facts.subjects);
  const rules = asked.flatMap(({ required }) => rulesAsked(required));
  const given = new Map<RequiredRule, string[]>(rules.map((rule) => [rule, []]));
  const stale: StaleApproval[] = [];
  const refused: RefusedApproval[] = [];
  const against: { login: string; reason: string }[] = [];
  const counted: GivenApproval[] = [];
  for (const review of await facts.reviews()) {
    if (review.opinion === 'dismissed') continue;
    const standing = await standingOf(review, rules, facts);
    if (review.opinion === 'changes-requested') {
      if (standing.rules.length > 0) against.push({ login: review.login, reason: review.reason ?? '' });
    } else if (standing.rules.length === 0) {
      refused.push({ login: review.login, reason: standing.refusal });
    } else {
      const reason = await staleness(review, policy, facts, fingerprint);
      if (reason !== undefined) {
        stale.push({ login: review.login, commit: review.commit, reason });
        continue;
      }
      for (const rule of standing.rules) given.get(rule)?.push(review.login);
      const { login, source = '', conditions = [] } = review;
      counted.push({ login, source, conditions });
    }
  }
  const subjects: SubjectOutcome[] = [];
  for (const { required, ...rest } of asked) {
    subjects.push({ ...rest, outcome: await outcomeOf(required, (rule) => given.get(rule) ?? [], facts) });
  }
  const outcomes = subjects.map(({ outcome }) => outcome);
  const states = rulesOf(outcomes);
  if (against.length > 0) {
    const reason = against
      .map((one) => one.reason)
      .filter((words) => words !== '')
      .join('; ');
    const by = against.map(({ login }) => login);
    return { decision: { state: 'rejected', by, reason: reason === '' ? 'asks for changes' : reason }, subjects };
  }
  // No rule at all can only be a mistake: it must not let everything through.
  if (states.length > 0 && outcomes.every(({ met }) => met)) {
    const by = [...new Set(states.flatMap((state) => state.given))];
    return { decision: { state: 'approved', by, rules: states, given: counted }, subjects };
  }
  return { decision: { state: 'waiting', rules: states, stale, refused, missing: missingIn(outcomes) }, subjects };
}

/** Whether a person has the right to approve, whatever they said so far: under one of the rules that are asked, or why under none. */
export async function mayDecide(
  policy: ApprovalPolicy,
  facts: ApprovalFacts,
  person: { readonly login: string; readonly isBot: boolean },
): Promise<true | { readonly reason: string }> {
  const rules = askedBy(policy, facts.subjects).flatMap(({ required }) => rulesAsked(required));
  const standing = await standingOf(person, rules, facts);
  return standing.rules.length > 0 ? true : { reason: standing.refusal };
}

/** Why an approval is not of what is there now; undefined when it is. */
async function staleness(
  review: ReviewFact,
  policy: ApprovalPolicy,
  facts: ApprovalFacts,
  fingerprint: Fingerprint,
): Promise<string | undefined> {
  if (review.outdated !== undefined) return review.outdated;
  if (review.fingerprint !== fingerprint) return 'what it breaks has changed since';
  if (policy.keepOnPush !== false || !(await facts.pushedSince(review.commit))) return undefined;
  return 'something was pushed since, and the policy asks for a new approval then';
}

interface Standing {
  /** The rules under which this person's word counts. */
  readonly rules: readonly RequiredRule[];
  /** Why under none of them. */
  readonly refusal: string;
}

async function standingOf(
  person: { readonly login: string; readonly isBot: boolean },
  asked: readonly RequiredRule[],
  facts: ApprovalFacts,
): Promise<Standing> {
  const rules: RequiredRule[] = [];
  let refusal = 'no rule lets anybody approve';
  for (const required of asked) {
    const answer = await mayApprove(required.rule, person, facts, required.subject.path);
    if (answer === true) rules.push(required);
    else refusal = answer.reason;
  }
  return { rules, refusal };
}
