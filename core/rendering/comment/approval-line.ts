import { describeApprovers } from '../../approval/eligibility.ts';
import type { ApprovalPolicy } from '../../configuration/configuration.ts';

/** Who must approve, one entry per rule: how many, and the names to be shown as code, or words. */
export function approvalNeeds(policy: ApprovalPolicy) {
  return policy.rules.map((rule) => ({
    count: rule.require === 1 ? 'one approval' : `${rule.require} approvals`,
    from: describeApprovers(rule),
    named: rule.users.length + rule.teams.length > 0,
    authorCounts: rule.author,
  }));
}
