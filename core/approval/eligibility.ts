import type { ApprovalRule } from '../configuration/approval-policy.ts';
import type { CodeOwners } from './codeowners/owners-of.ts';
import type { ApprovalFacts, Permission } from './facts.ts';

const ranks: readonly Permission[] = ['none', 'read', 'write', 'maintain', 'admin'];

/** Whether a person's approval of a schema counts under a rule, or why not. */
export async function mayApprove(
  rule: ApprovalRule,
  person: { readonly login: string; readonly isBot: boolean },
  facts: ApprovalFacts,
  path: string,
): Promise<true | { readonly reason: string }> {
  const { login } = person;
  if (person.isBot) return { reason: 'is a bot' };
  const isAuthor = sameLogin(login, facts.author);
  if (!rule.author && isAuthor) return { reason: 'is the author of the pull request' };
  // Else a second person's push would be approved by that person.
  if (!(rule.committer ?? rule.author) && !isAuthor && includesLogin(await facts.contributors(), login)) {
    return { reason: 'wrote commits of the pull request' };
  }
  if (includesLogin(rule.users, login)) return true;
  if (await isInOneOf(rule.teams, login, facts)) return true;
  if (rule.codeowners === true) return ownsCode(rule, login, facts, path);
  if (rule.users.length > 0 || rule.teams.length > 0) return { reason: `is none of ${describeApprovers(rule)}` };
  return hasPermission(rule.permission, login, facts);
}

/** GitHub takes nobody for an owner who may not write. */
async function ownsCode(
  rule: ApprovalRule,
  login: string,
  facts: ApprovalFacts,
  path: string,
): Promise<true | { readonly reason: string }> {
  const owners = await facts.codeOwners(path);
  if (includesLogin(owners.users, login) || (await isInOneOf(owners.teams, login, facts))) {
    return hasPermission('write', login, facts);
  }
  return { reason: `is none of ${describeApprovers(rule, owners)}` };
}

async function hasPermission(
  least: ApprovalRule['permission'],
  login: string,
  facts: ApprovalFacts,
): Promise<true | { readonly reason: string }> {
  const permission = await facts.permission(login);
  return ranks.indexOf(permission) >= ranks.indexOf(least) ? true : { reason: `has no ${least} permission` };
}

async function isInOneOf(teams: readonly string[], login: string, facts: ApprovalFacts): Promise<boolean> {
  for (const team of teams) if (await facts.isMember(team, login)) return true;
  return false;
}

/**
 * Who may approve under a rule, in words: `@acme/platform or @developer`, `anyone with write permission`.
 * @param owners of the schema's file, where they are known; else they are only mentioned
 */
export function describeApprovers(rule: ApprovalRule, owners?: CodeOwners): string {
  const ofCode = rule.codeowners === true && owners ? [...owners.teams, ...owners.users] : [];
  const named = [...new Set([...rule.teams, ...rule.users, ...ofCode])].map((name) => `@${name}`);
  if (rule.codeowners === true && ofCode.length === 0) {
    named.push(owners ? 'its code owners (CODEOWNERS names nobody)' : 'its code owners');
  }
  if (named.length === 0) return `anyone with ${rule.permission} permission`;
  return [named.slice(0, -1).join(', '), named.at(-1)].filter((part) => part !== '').join(' or ');
}

/** To GitHub, logins that differ only in case are the same. */
export function sameLogin(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

export function includesLogin(logins: readonly string[], login: string): boolean {
  return logins.some((one) => sameLogin(one, login));
}
