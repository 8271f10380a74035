import type { ApprovalPolicy } from '../configuration/approval-policy.ts';
import { defaultApproval } from '../configuration/defaults.ts';
import { type LeftOut, type Required, type RequiredRule, requiredFor } from './requirement.ts';
import type { Subject } from './subject.ts';

/** What a policy asks for one schema. */
export interface Asked {
  readonly subject: Subject;
  readonly required: Required;
  readonly left: readonly LeftOut[];
  /** No rule of the policy is for this schema, so the default asks. */
  readonly byDefault: boolean;
}

/** A fingerprint without a schema that it is of can only be a mistake: then nothing is known, and everything asked. */
const unknownSubject: Subject = {
  path: '',
  previousPath: undefined,
  verdict: 'undecided',
  changes: undefined,
  severity: undefined,
  records: undefined,
  environment: undefined,
  lossy: undefined,
};

/** What a policy asks, schema by schema. Nobody needs to be known for that. */
export function askedBy(policy: ApprovalPolicy, subjects: readonly Subject[]): readonly Asked[] {
  return (subjects.length > 0 ? subjects : [unknownSubject]).map((subject) => {
    const { required, left } = requiredFor(policy.rules, subject);
    if (required !== undefined) return { subject, required, left: leftIn(required), byDefault: false };
    // A policy without any rule is a mistake and no permission; one whose rules are for other changes leaves this one to the default.
    const rules = policy.rules.length === 0 ? [] : defaultApproval.rules;
    const fallback = requiredFor(rules, subject).required ?? { kind: 'all' as const, parts: [], left: [] };
    return { subject, required: fallback, left, byDefault: true };
  });
}

export function rulesAsked(required: Required): readonly RequiredRule[] {
  return required.kind === 'rule' ? [required] : required.parts.flatMap(rulesAsked);
}

function leftIn(required: Required): readonly LeftOut[] {
  return required.kind === 'rule' ? [] : [...required.left, ...required.parts.flatMap(leftIn)];
}
