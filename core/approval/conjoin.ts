import type { ApprovalPolicy } from '../configuration/approval-policy.ts';

/**
 * The policy that rules in a repository: its own, or else the organisation's, or else the default; and in any case the floor, which nobody
 * weakens: what it asks is asked besides, and of settings the stricter one counts.
 */
export function effectivePolicy(policies: {
  readonly floor: ApprovalPolicy | undefined;
  readonly organisation: ApprovalPolicy | undefined;
  readonly repository: ApprovalPolicy;
}): ApprovalPolicy {
  const { floor, organisation, repository } = policies;
  const own = repository.isDefault === true ? (organisation ?? repository) : repository;
  if (floor === undefined) return own;
  return {
    rules: [...floor.rules, ...own.rules],
    keepOnPush: (floor.keepOnPush ?? true) && (own.keepOnPush ?? true),
    mergeBeforeConditions: (floor.mergeBeforeConditions ?? true) && (own.mergeBeforeConditions ?? true),
  };
}
