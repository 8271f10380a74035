import type { RuleState } from './decision.ts';
import { describeApprovers } from './eligibility.ts';
import type { ApprovalFacts } from './facts.ts';
import type { LeftOut, Required, RequiredRule } from './requirement.ts';

/** A requirement with what was given for it. */
export type Outcome =
  | { readonly kind: 'rule'; readonly met: boolean; readonly state: RuleState }
  | {
      readonly kind: 'all' | 'any';
      readonly met: boolean;
      readonly parts: readonly Outcome[];
      readonly left: readonly LeftOut[];
    };

/** Who gave an approval that counts for a rule, for one schema. */
export type Given = (required: RequiredRule) => readonly string[];

export async function outcomeOf(required: Required, given: Given, facts: ApprovalFacts): Promise<Outcome> {
  if (required.kind !== 'rule') {
    const parts: Outcome[] = [];
    for (const part of required.parts) parts.push(await outcomeOf(part, given, facts));
    const met = required.kind === 'all' ? parts.every((part) => part.met) : parts.some((part) => part.met);
    return { kind: required.kind, met, parts, left: required.left };
  }
  const { rule, subject, because } = required;
  const by = given(required);
  const owners = rule.codeowners === true ? await facts.codeOwners(subject.path) : undefined;
  return {
    kind: 'rule',
    // None at all can only be a mistake.
    met: by.length >= Math.max(1, rule.require),
    state: {
      rule: rule.name,
      required: Math.max(1, rule.require),
      given: by,
      from: describeApprovers(rule, owners),
      named: {
        users: [...new Set([...rule.users, ...(owners?.users ?? [])])],
        teams: [...new Set([...rule.teams, ...(owners?.teams ?? [])])],
      },
      schemas: [subject.path],
      ...(because === undefined ? {} : { because }),
    },
  };
}

/** The rules that were asked, each once for all schemas for which it asks the same people. */
export function rulesOf(outcomes: readonly Outcome[]): readonly RuleState[] {
  const rules = new Map<string, RuleState>();
  for (const { state, alternative } of outcomes.flatMap((outcome) => leaves(outcome, false))) {
    const known = rules.get(keyOf(state));
    const schemas = [...new Set([...(known?.schemas ?? []), ...state.schemas])];
    rules.set(keyOf(state), { ...state, schemas, ...(alternative ? { alternative } : {}) });
  }
  return [...rules.values()];
}

/** How many approvals are missing: of alternatives, on the shortest way. */
export function missingIn(outcomes: readonly Outcome[]): number {
  const needs = needsOf({ kind: 'all', met: false, parts: outcomes, left: [] });
  return [...needs.values()].reduce((sum, count) => sum + count, 0);
}

function needsOf(outcome: Outcome): ReadonlyMap<string, number> {
  if (outcome.met) return new Map();
  if (outcome.kind === 'rule') {
    const { required, given } = outcome.state;
    return new Map([[keyOf(outcome.state), required - given.length]]);
  }
  const parts = outcome.parts.map(needsOf);
  if (outcome.kind === 'all') return new Map(parts.flatMap((part) => [...part]));
  const size = (part: ReadonlyMap<string, number>): number => [...part.values()].reduce((sum, count) => sum + count, 0);
  return parts.reduce((best, part) => (size(part) < size(best) ? part : best));
}

function leaves(outcome: Outcome, alternative: boolean): { state: RuleState; alternative: boolean }[] {
  if (outcome.kind === 'rule') return [{ state: outcome.state, alternative }];
  const other = alternative || (outcome.kind === 'any' && outcome.parts.length > 1);
  return outcome.parts.flatMap((part) => leaves(part, other));
}

function keyOf({ rule, from, required }: RuleState): string {
  return JSON.stringify([rule, from, required]);
}
