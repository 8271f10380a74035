import type { ApprovalConditions, ApprovalPolicy, ApprovalRequirement } from '../configuration/approval-policy.ts';
import { fingerprintOf } from '../schema/fingerprint.ts';
import type { Json, JsonObject } from '../schema/json.ts';

/** SHA-256 in hex of what a policy asks: the same however its file is written, another as soon as it asks for something else. */
export function policyHash(policy: ApprovalPolicy): string {
  return fingerprintOf({
    rules: policy.rules.map(requirementPart),
    keepOnPush: policy.keepOnPush ?? true,
    mergeBeforeConditions: policy.mergeBeforeConditions ?? true,
    ...startPart(policy),
  });
}

/** When and with how many records a run may start; left out where nothing is said, as before there were words for it. */
function startPart({ windows, startIn, recordChange }: ApprovalPolicy): JsonObject {
  return {
    ...(windows === undefined ? {} : { windows: { ...windows } }),
    ...(startIn === undefined ? {} : { startIn: [...startIn].sort() }),
    ...(recordChange === undefined ? {} : { recordChange }),
  };
}

function requirementPart(requirement: ApprovalRequirement): JsonObject {
  const when = requirement.when === undefined ? null : conditionsPart(requirement.when);
  if ('and' in requirement) return { and: requirement.and.map(requirementPart), when };
  if ('or' in requirement) return { or: requirement.or.map(requirementPart), when };
  return {
    require: requirement.require,
    users: namesPart(requirement.users),
    teams: namesPart(requirement.teams),
    codeowners: requirement.codeowners ?? false,
    permission: requirement.permission,
    author: requirement.author,
    committer: requirement.committer ?? requirement.author,
    when,
  };
}

function namesPart(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}

function conditionsPart(when: ApprovalConditions): JsonObject {
  const entries = Object.entries(when as Readonly<Record<string, Json>>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? [...value].map(String).sort() : value]),
  );
}
