import { type ApprovalPolicy, defaultRecordChange } from '../configuration/approval-policy.ts';

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
    ...starts(floor, own),
  };
}

/** Each policy means its own windows, so those that it asks for are spelt out before names of two policies meet. */
function starts(floor: ApprovalPolicy, own: ApprovalPolicy): Partial<ApprovalPolicy> {
  const spelt = [floor, own].flatMap(({ windows = {}, startIn = [] }) =>
    startIn.map((one) => (Object.hasOwn(windows, one) ? (windows[one] ?? one) : one)),
  );
  const changes = [floor, own].flatMap(({ recordChange }) => recordChange ?? []);
  return {
    ...(floor.windows || own.windows ? { windows: { ...own.windows, ...floor.windows } } : {}),
    ...(spelt.length === 0 ? {} : { startIn: [...new Set(spelt)] }),
    ...(changes.length === 0 ? {} : { recordChange: Math.min(...changes, defaultIf(changes.length < 2)) }),
  };
}

/** Who says nothing asks for the default. */
function defaultIf(silent: boolean): number {
  return silent ? defaultRecordChange : Number.POSITIVE_INFINITY;
}
