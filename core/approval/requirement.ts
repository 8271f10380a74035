import { type ApprovalRequirement, type ApprovalRule, rulesIn } from '../configuration/approval-policy.ts';
import { type Applies, applies } from './applies.ts';
import type { Subject } from './subject.ts';

/** What a policy asks for one schema, once the rules that are not for it are left out. */
export type Required =
  | { readonly kind: 'rule'; readonly rule: ApprovalRule; readonly subject: Subject; readonly because?: string }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Required[]; readonly left: readonly LeftOut[] };

export type RequiredRule = Extract<Required, { kind: 'rule' }>;

/** Rules that are not asked, and why. */
export interface LeftOut {
  readonly rules: readonly string[];
  readonly why: string;
}

interface Part {
  readonly holds: Applies['holds'];
  readonly required: Required | undefined;
  readonly left: LeftOut | undefined;
}

/** Resolves conditions. Undefined in `required` when no rule is for this schema. */
export function requiredFor(
  requirements: readonly ApprovalRequirement[],
  subject: Subject,
): { readonly required: Required | undefined; readonly left: readonly LeftOut[] } {
  const { required, left } = all(requirements.map((each) => resolve(each, subject)));
  return { required, left: required === undefined ? left : [] };
}

function resolve(requirement: ApprovalRequirement, subject: Subject): Part {
  const condition = applies(requirement.when, subject);
  if (condition.holds === 'no') return leftOut(requirement, condition.why);
  const inner = 'and' in requirement || 'or' in requirement ? group(requirement, subject) : leaf(requirement, subject);
  if (inner.required === undefined || condition.holds === 'yes') return inner;
  return { ...inner, holds: 'unknown', required: explained(inner.required, condition.why) };
}

function leaf(rule: ApprovalRule, subject: Subject): Part {
  return { holds: 'yes', required: { kind: 'rule', rule, subject }, left: undefined };
}

function group(requirement: Exclude<ApprovalRequirement, ApprovalRule>, subject: Subject): Part {
  const parts = ('and' in requirement ? requirement.and : requirement.or).map((each) => resolve(each, subject));
  const { holds, required, left } = 'and' in requirement ? all(parts) : any(parts);
  const rules = left.flatMap((one) => one.rules);
  return { holds, required, left: required === undefined ? { rules, why: left[0]?.why ?? '' } : undefined };
}

type Group = { holds: Applies['holds']; required: Required | undefined; left: readonly LeftOut[] };

/** What is not known is asked for: that never makes it easier. */
function all(parts: readonly Part[]): Group {
  return grouped('all', parts, parts);
}

/** An alternative whose condition is not known is no way out: it is left out, or asked for with the others like it. */
function any(parts: readonly Part[]): Group {
  const certain = parts.filter(({ holds }) => holds === 'yes');
  const open = parts.filter(({ holds }) => holds === 'unknown');
  if (certain.length === 0) return grouped('all', open, parts);
  const group = grouped('any', certain, parts);
  const unknown = open.flatMap(({ required }) =>
    required ? [{ rules: namesIn(required), why: 'whether it is for this cannot be told' }] : [],
  );
  return group.required?.kind === 'any'
    ? { ...group, required: { ...group.required, left: [...group.required.left, ...unknown] } }
    : group;
}

function grouped(kind: 'all' | 'any', chosen: readonly Part[], parts: readonly Part[]): Group {
  const asked = chosen.flatMap(({ required }) => (required === undefined ? [] : [required]));
  const left = parts.flatMap((part) => (part.left === undefined ? [] : [part.left]));
  if (asked.length === 0) return { holds: 'no', required: undefined, left };
  const holds = chosen.some((part) => part.holds === 'yes') ? 'yes' : 'unknown';
  return { holds, required: { kind, parts: asked, left }, left };
}

function leftOut(requirement: ApprovalRequirement, why: string): Part {
  const rules = rulesIn([requirement]).map(({ name }) => name);
  return { holds: 'no', required: undefined, left: { rules, why } };
}

function explained(required: Required, because: string): Required {
  if (required.kind === 'rule') return { ...required, because };
  return { ...required, parts: required.parts.map((part) => explained(part, because)) };
}

function namesIn(required: Required): string[] {
  return required.kind === 'rule' ? [required.rule.name] : required.parts.flatMap(namesIn);
}
