import type { ApprovalRule } from '../configuration/configuration.ts';
import type { ApprovalFacts } from './facts.ts';

const ranks = ['none', 'read', 'write', 'maintain', 'admin'] as const;

/** Whether a person's approval counts under a rule, or why not. */
export async function mayApprove(
  rule: ApprovalRule,
  person: { readonly login: string; readonly isBot: boolean },
  facts: ApprovalFacts,
): Promise<true | { readonly reason: string }> {
  if (person.isBot) return { reason: 'is a bot' };
  if (!rule.author && sameLogin(person.login, facts.author)) return { reason: 'is the author of the pull request' };
  // Else a second person's push would be approved by that person.
  if (!rule.author && (await facts.contributors()).some((login) => sameLogin(login, person.login))) {
    return { reason: 'wrote commits of the pull request' };
  }
  if (rule.users.some((user) => sameLogin(user, person.login))) return true;
  for (const team of rule.teams) if (await facts.isMember(team, person.login)) return true;
  if (rule.users.length > 0 || rule.teams.length > 0) return { reason: `is none of ${describeApprovers(rule)}` };
  const permission = await facts.permission(person.login);
  if (ranks.indexOf(permission) >= ranks.indexOf(rule.permission)) return true;
  return { reason: `has no ${rule.permission} permission` };
}

/** Who may approve under a rule, in words: `@acme/platform or @developer`, `anyone with write permission`. */
export function describeApprovers(rule: ApprovalRule): string {
  const named = [...rule.teams, ...rule.users].map((name) => `@${name}`);
  if (named.length === 0) return `anyone with ${rule.permission} permission`;
  return [named.slice(0, -1).join(', '), named.at(-1)].filter((part) => part !== '').join(' or ');
}

/** To GitHub, logins that differ only in case are the same. */
export function sameLogin(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
