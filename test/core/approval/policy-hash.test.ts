import { describe, expect, it } from 'vitest';
import { policyHash } from '../../../core/approval/policy-hash.ts';
import type { ApprovalRule } from '../../../core/configuration/configuration.ts';

const rule: ApprovalRule = {
  name: 'breaking changes',
  require: 1,
  users: ['developer', 'pat'],
  teams: ['acme/platform'],
  permission: 'write',
  author: false,
};
const hash = (over: Partial<ApprovalRule> = {}): string => policyHash({ rules: [{ ...rule, ...over }] });

describe('the hash of a policy', () => {
  it.each([
    ['a name', { name: 'other words' }],
    ['order', { users: ['pat', 'developer'] }],
    ['the case of logins', { users: ['Developer', 'PAT'] }],
    ['repetition', { users: ['developer', 'pat', 'developer'] }],
  ])('does not depend on %s', (_, over) => {
    expect(hash(over)).toBe(hash());
  });

  it.each([
    ['how many', { require: 2 }],
    ['which users', { users: ['developer'] }],
    ['which teams', { teams: ['acme/security'] }],
    ['the permission', { permission: 'admin' as const }],
    ['the author', { author: true }],
  ])('depends on %s', (_, over) => {
    expect(hash(over)).not.toBe(hash());
  });

  it('depends on every rule', () => {
    expect(policyHash({ rules: [rule, rule] })).not.toBe(hash());
  });
});
