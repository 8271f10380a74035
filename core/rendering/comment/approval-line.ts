import { askedBy, rulesAsked } from '../../approval/asked.ts';
import { describeApprovers } from '../../approval/eligibility.ts';
import type { Required, RequiredRule } from '../../approval/requirement.ts';
import { subjectsOf } from '../../approval/subject.ts';
import type { ReportInput } from './input.ts';

/** Who must approve, one entry per rule that is for this change: how many, the names to be shown as code, or words, and how it is joined. */
export function approvalNeeds({ policy, review, impact, targets = new Map() }: ReportInput) {
  const asked = askedBy(policy, subjectsOf(review, { targets }, impact)).map(({ required }) => required);
  const needs = asked.flatMap((required) => rulesAsked(required).map((one) => need(one, isAlternative(required, one))));
  return [...new Map(needs.map((each) => [`${each.count} ${each.from}`, each])).values()];
}

function need({ rule }: RequiredRule, alternative: boolean) {
  return {
    count: rule.require === 1 ? 'one approval' : `${rule.require} approvals`,
    from: describeApprovers(rule),
    named: rule.users.length + rule.teams.length > 0 && rule.codeowners !== true,
    authorCounts: rule.author,
    joint: alternative ? ', or ' : ', and ',
  };
}

/** Whether another rule in its place would do: all but the first of such rules are joined by "or". */
function isAlternative(required: Required, rule: RequiredRule): boolean {
  if (required.kind === 'rule') return false;
  const at = required.parts.findIndex((part) => rulesAsked(part).includes(rule));
  const part = required.parts[at];
  return (
    part !== undefined &&
    ((required.kind === 'any' && at > 0 && rulesAsked(part)[0] === rule) || isAlternative(part, rule))
  );
}
