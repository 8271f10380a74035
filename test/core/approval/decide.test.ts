import { describe, expect, it } from 'vitest';
import { noCodeOwners } from '../../../core/approval/codeowners/owners-of.ts';
import { decide } from '../../../core/approval/decide.ts';
import type { ApprovalFacts, ReviewFact } from '../../../core/approval/facts.ts';
import type { Subject } from '../../../core/approval/subject.ts';
import type { ApprovalRule } from '../../../core/configuration/configuration.ts';
import type { Fingerprint } from '../../../core/review/review.ts';

const current = 'f1' as Fingerprint;
const teams: Record<string, readonly string[]> = {
  'acme/platform': ['developer', 'pat'],
  'acme/security': ['pat', 'sam'],
};
const permissions: Record<string, 'write' | 'maintain' | 'admin' | 'read'> = {
  wes: 'write',
  mia: 'maintain',
  ada: 'admin',
  rea: 'read',
};

function subject(over: Partial<Subject> = {}): Subject {
  return {
    path: 'schemas/claim.json',
    previousPath: undefined,
    verdict: 'breaking',
    changes: ['type-changed'],
    severity: 'major',
    records: 10,
    environment: 'production',
    lossy: false,
    ...over,
  };
}

function rule(over: Partial<ApprovalRule> = {}): ApprovalRule {
  return { name: 'breaking changes', require: 1, users: [], teams: [], permission: 'write', author: false, ...over };
}

function review(login: string, over: Partial<ReviewFact> = {}): ReviewFact {
  return { login, isBot: false, opinion: 'approved', commit: 'c1', fingerprint: current, ...over };
}

function facts(...reviews: ReviewFact[]): ApprovalFacts {
  return {
    author: 'Aut',
    subjects: [subject()],
    contributors: () => Promise.resolve(['aut', 'Con']),
    reviews: () => Promise.resolve(reviews),
    isMember: (team, login) => Promise.resolve(teams[team]?.includes(login) ?? false),
    permission: (login) => Promise.resolve(permissions[login.toLowerCase()] ?? 'none'),
    pushedSince: (commit) => Promise.resolve(commit !== 'c1'),
    codeOwners: () => Promise.resolve(noCodeOwners),
  };
}

const platform = rule({ teams: ['acme/platform'] });
const security = rule({ name: 'security', teams: ['acme/security'] });

interface Case {
  readonly name: string;
  readonly rules: readonly ApprovalRule[];
  readonly reviews: readonly ReviewFact[];
  readonly decision: object;
}

const waiting = (over: object = {}): object => ({ state: 'waiting', stale: [], refused: [], ...over });

const cases: readonly Case[] = [
  {
    name: 'waits while nobody has looked, and says who may approve',
    rules: [platform],
    reviews: [],
    decision: waiting({ rules: [{ rule: 'breaking changes', required: 1, given: [], from: '@acme/platform' }] }),
  },
  {
    name: 'is approved by a member of a named team',
    rules: [platform],
    reviews: [review('developer')],
    decision: { state: 'approved', by: ['developer'] },
  },
  {
    name: 'is approved by a named user, whatever the case of the letters',
    rules: [rule({ users: ['Ann'] })],
    reviews: [review('aNN')],
    decision: { state: 'approved', by: ['aNN'] },
  },
  {
    name: 'is approved by anyone with permission when nobody is named',
    rules: [rule()],
    reviews: [review('wes')],
    decision: { state: 'approved', by: ['wes'] },
  },
  {
    name: 'takes more permission than asked for',
    rules: [rule({ permission: 'maintain' })],
    reviews: [review('ada')],
    decision: { state: 'approved' },
  },
  {
    name: 'refuses less permission than asked for',
    rules: [rule({ permission: 'maintain' })],
    reviews: [review('wes')],
    decision: waiting({ refused: [{ login: 'wes', reason: 'has no maintain permission' }] }),
  },
  {
    name: 'refuses readers and strangers',
    rules: [rule()],
    reviews: [review('rea'), review('zoe')],
    decision: waiting({
      refused: [
        { login: 'rea', reason: 'has no write permission' },
        { login: 'zoe', reason: 'has no write permission' },
      ],
    }),
  },
  {
    name: 'refuses an administrator who is in none of the named teams',
    rules: [platform],
    reviews: [review('ada')],
    decision: waiting({ refused: [{ login: 'ada', reason: 'is none of @acme/platform' }] }),
  },
  {
    name: 'refuses the author, whatever the case of the letters',
    rules: [rule({ users: ['aut'] })],
    reviews: [review('aUt')],
    decision: waiting({ refused: [{ login: 'aUt', reason: 'is the author of the pull request' }] }),
  },
  {
    name: 'refuses who wrote commits of the pull request of another',
    rules: [rule({ users: ['con'] })],
    reviews: [review('con')],
    decision: waiting({ refused: [{ login: 'con', reason: 'wrote commits of the pull request' }] }),
  },
  {
    name: 'takes who wrote commits where the author counts',
    rules: [rule({ users: ['con'], author: true })],
    reviews: [review('con')],
    decision: { state: 'approved', by: ['con'] },
  },
  {
    name: 'takes the author where the rule says so',
    rules: [rule({ users: ['aut'], author: true })],
    reviews: [review('aut')],
    decision: { state: 'approved', by: ['aut'] },
  },
  {
    name: 'does not take an author who may not approve anyway',
    rules: [rule({ teams: ['acme/platform'], author: true })],
    reviews: [review('aut')],
    decision: waiting({ refused: [{ login: 'aut', reason: 'is none of @acme/platform' }] }),
  },
  {
    name: 'refuses bots, also named ones',
    rules: [rule({ users: ['robot[bot]'] })],
    reviews: [review('robot[bot]', { isBot: true })],
    decision: waiting({ refused: [{ login: 'robot[bot]', reason: 'is a bot' }] }),
  },
  {
    name: 'does not count an approval of something else, and names it',
    rules: [platform],
    reviews: [review('developer', { commit: 'c0', fingerprint: 'f0' })],
    decision: waiting({ stale: [{ login: 'developer', commit: 'c0' }] }),
  },
  {
    name: 'does not count an approval of something that is no longer known',
    rules: [platform],
    reviews: [review('developer', { fingerprint: undefined })],
    decision: waiting({ stale: [{ login: 'developer', commit: 'c1' }] }),
  },
  {
    name: 'counts an approval of an older commit with the same fingerprint',
    rules: [platform],
    reviews: [review('developer', { commit: 'c0' })],
    decision: { state: 'approved', by: ['developer'] },
  },
  {
    name: 'does not call the old approval of a stranger stale',
    rules: [platform],
    reviews: [review('zoe', { fingerprint: 'f0' })],
    decision: waiting({ stale: [], refused: [{ login: 'zoe', reason: 'is none of @acme/platform' }] }),
  },
  {
    name: 'waits for as many people as asked for',
    rules: [rule({ teams: ['acme/platform'], require: 2 })],
    reviews: [review('developer')],
    decision: waiting({
      rules: [{ rule: 'breaking changes', required: 2, given: ['developer'], from: '@acme/platform' }],
    }),
  },
  {
    name: 'is approved when that many have',
    rules: [rule({ teams: ['acme/platform'], require: 2 })],
    reviews: [review('developer'), review('pat')],
    decision: { state: 'approved', by: ['developer', 'pat'] },
  },
  {
    name: 'does not add a stale approval to a fresh one',
    rules: [rule({ teams: ['acme/platform'], require: 2 })],
    reviews: [review('developer'), review('pat', { fingerprint: 'f0' })],
    decision: waiting({ stale: [{ login: 'pat', commit: 'c1' }] }),
  },
  {
    name: 'asks for every rule to be met',
    rules: [platform, security],
    reviews: [review('developer')],
    decision: waiting({
      rules: [
        { rule: 'breaking changes', required: 1, given: ['developer'], from: '@acme/platform' },
        { rule: 'security', required: 1, given: [], from: '@acme/security' },
      ],
    }),
  },
  {
    name: 'lets one person count for two rules',
    rules: [platform, security],
    reviews: [review('pat')],
    decision: { state: 'approved', by: ['pat'] },
  },
  {
    name: 'is rejected by changes requested by somebody who may approve, however many approve',
    rules: [platform],
    reviews: [review('pat'), review('developer', { opinion: 'changes-requested' })],
    decision: { state: 'rejected', by: ['developer'], reason: 'asks for changes' },
  },
  {
    name: 'stays rejected after a push',
    rules: [platform],
    reviews: [review('developer', { opinion: 'changes-requested', fingerprint: 'f0' })],
    decision: { state: 'rejected', by: ['developer'] },
  },
  {
    name: 'is not held up by changes requested by a stranger',
    rules: [platform],
    reviews: [review('zoe', { opinion: 'changes-requested' }), review('developer')],
    decision: { state: 'approved', by: ['developer'] },
  },
  {
    name: 'does not count a dismissed review',
    rules: [platform],
    reviews: [review('developer', { opinion: 'dismissed' })],
    decision: waiting(),
  },
  {
    name: 'waits rather than lets everything through when there is no rule',
    rules: [],
    reviews: [review('ada')],
    decision: waiting({ rules: [], refused: [{ login: 'ada', reason: 'no rule lets anybody approve' }] }),
  },
  {
    name: 'asks for at least one person, whatever the rule says',
    rules: [rule({ require: 0 })],
    reviews: [],
    decision: waiting(),
  },
  {
    name: 'names everybody who may approve',
    rules: [rule({ teams: ['acme/platform', 'acme/security'], users: ['zoe'] })],
    reviews: [],
    decision: waiting({
      rules: [{ rule: 'breaking changes', required: 1, given: [], from: '@acme/platform, @acme/security or @zoe' }],
    }),
  },
  {
    name: 'says which permission it takes when nobody is named',
    rules: [rule({ permission: 'admin' })],
    reviews: [],
    decision: waiting({
      rules: [{ rule: 'breaking changes', required: 1, given: [], from: 'anyone with admin permission' }],
    }),
  },
];

describe('a breaking change', () => {
  it.each(cases)('$name', async ({ rules, reviews, decision }) => {
    expect(await decide({ rules }, facts(...reviews), current)).toMatchObject(decision);
  });

  it('needs no approval when nothing breaks, whoever objects', async () => {
    const objection = review('developer', { opinion: 'changes-requested' });
    expect(await decide({ rules: [platform] }, facts(objection), undefined)).toEqual({ state: 'not-needed' });
  });

  it('is not decided when membership cannot be asked', async () => {
    const blind = { ...facts(review('developer')), isMember: () => Promise.reject(new Error('refused')) };
    await expect(decide({ rules: [platform] }, blind, current)).rejects.toThrow('refused');
  });
});
