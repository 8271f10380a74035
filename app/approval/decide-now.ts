import { decide } from '../../core/approval/decide.ts';
import type { Decision } from '../../core/approval/decision.ts';
import type { ApprovalFacts } from '../../core/approval/facts.ts';
import type { ApprovalPolicy } from '../../core/configuration/configuration.ts';
import { configurationPath } from '../../core/configuration/defaults.ts';
import type { Problem, Review } from '../../core/review/review.ts';
import { isPermissionMissing } from '../../github/request-status.ts';

export const permissionMissing: Problem = {
  place: { path: configurationPath },
  problem: 'GitHub does not let Sluice ask who may approve',
  remedy: 'Give the App the permissions of its manifest, app.yml: "Members: read" is among them',
};

/** The decision; undefined when GitHub refuses to answer what the policy asks. */
export async function decideNow(
  policy: ApprovalPolicy,
  facts: ApprovalFacts,
  review: Review,
): Promise<Decision | undefined> {
  try {
    return await decide(policy, facts, review.fingerprint);
  } catch (error) {
    if (isPermissionMissing(error)) return undefined;
    throw error;
  }
}
