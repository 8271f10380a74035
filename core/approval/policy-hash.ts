import type { ApprovalPolicy } from '../configuration/configuration.ts';
import { fingerprintOf } from '../schema/fingerprint.ts';

/** SHA-256 in hex of what a policy asks: the same however its file is written, another as soon as it asks for something else. */
export function policyHash(policy: ApprovalPolicy): string {
  const rules = policy.rules.map((rule) => ({
    require: rule.require,
    users: [...new Set(rule.users.map((user) => user.toLowerCase()))].sort(),
    teams: [...new Set(rule.teams.map((team) => team.toLowerCase()))].sort(),
    permission: rule.permission,
    author: rule.author,
  }));
  return fingerprintOf({ rules });
}
