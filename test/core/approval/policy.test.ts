import { describe, expect, it } from 'vitest';
import { effectivePolicy } from '../../../core/approval/conjoin.ts';
import { decide, explain, mayDecide } from '../../../core/approval/decide.ts';
import type { ApprovalFacts, ReviewFact } from '../../../core/approval/facts.ts';
import { policyHash } from '../../../core/approval/policy-hash.ts';
import type { Subject } from '../../../core/approval/subject.ts';
import type { ApprovalPolicy } from '../../../core/configuration/approval-policy.ts';
import { defaultApproval } from '../../../core/configuration/defaults.ts';
import { parsePolicy } from '../../../core/configuration/parse-policy.ts';
import type { Fingerprint } from '../../../core/review/review.ts';

const current = 'f1' as Fingerprint;
const claim: Subject = {
  path: 'schemas/claims/claim.json',
  previousPath: undefined,
  verdict: 'breaking',
  changes: ['type-changed', 'required-added'],
  severity: 'major',
  records: 500,
  environment: 'production',
  lossy: false,
};

const policy = (text: string): ApprovalPolicy => parsePolicy('sluice.yml', `approval:\n${text}`);

function facts(subjects: readonly Subject[], ...approvers: string[]): ApprovalFacts {
  const reviews = approvers.map((login): ReviewFact => {
    return { login, isBot: false, opinion: 'approved', commit: 'c1', fingerprint: current };
  });
  return {
    author: 'author',
    subjects,
    contributors: () => Promise.resolve(['author', 'second']),
    reviews: () => Promise.resolve(reviews),
    isMember: (team, login) => Promise.resolve(team === `acme/${login}s`),
    permission: (login) => Promise.resolve(login === 'reader' ? 'read' : 'write'),
    pushedSince: (commit) => Promise.resolve(commit !== 'c1'),
    codeOwners: (path) =>
      Promise.resolve({ users: path.includes('claims') ? ['owner', 'reader'] : [], teams: [], addresses: [] }),
  };
}

/** The rules that are asked of a schema, and whether those who approve are enough. */
async function asked(text: string, subject: Partial<Subject> = {}, ...approvers: string[]) {
  const given = facts([{ ...claim, ...subject }], ...approvers);
  const decision = await decide(policy(text), given, current);
  const rules = decision.state === 'waiting' || decision.state === 'approved' ? decision.rules : [];
  return { state: decision.state, rules: rules.map(({ rule }) => rule) };
}

const when = (condition: string): string =>
  `  - { name: base, users: [base] }\n  - { name: extra, users: [extra], when: { ${condition} } }\n`;

describe('a condition of a rule', () => {
  it.each<[string, Partial<Subject>, boolean]>([
    ['schemas: [schemas/claims/**]', {}, true],
    ['schemas: [schemas/policies/**]', {}, false],
    ['schemas: [schemas/policies/**]', { previousPath: 'schemas/policies/claim.json' }, true],
    ['schemas: [schemas/policies/**, "**/claim.json"]', {}, true],
    ['changes: [required-added]', {}, true],
    ['changes: [property-removed]', {}, false],
    ['changes: [property-removed]', { changes: undefined }, true],
    ['changes: [schema-removed]', { changes: ['schema-removed'] }, true],
    ['only-changes: [required-added]', {}, false],
    ['only-changes: [required-added, type-changed]', {}, true],
    ['only-changes: [required-added]', { changes: undefined }, true],
    ['severity: [major]', {}, true],
    ['severity: [minor, patch]', {}, false],
    ['severity: [minor]', { severity: undefined }, true],
    ['records-above: 499', {}, true],
    ['records-above: 500', {}, false],
    ['records-above: 500', { records: undefined }, true],
    ['records-above: 0', { records: 0 }, false],
    ['environment: [production]', {}, true],
    ['environment: [staging]', {}, false],
    ['environment: [staging]', { environment: undefined }, true],
    ['environment: [staging]', { environment: null }, false],
    ['lossy: true', {}, false],
    ['lossy: true', { lossy: true }, true],
    ['lossy: true', { lossy: undefined }, true],
    ['undecided: true', {}, false],
    ['undecided: true', { verdict: 'undecided' }, true],
    ['schemas: [schemas/**], lossy: true', {}, false],
    ['schemas: [schemas/policies/**], lossy: true', { lossy: undefined }, false],
  ])('%s of %o: %s', async (condition, subject, holds) => {
    expect((await asked(when(condition), subject)).rules).toEqual(holds ? ['base', 'extra'] : ['base']);
  });

  it('is of one and the same schema', async () => {
    const lossy = { ...claim, path: 'schemas/other.json', lossy: true };
    const rules = policy(when('schemas: [schemas/claims/**], lossy: true'));
    expect(await decide(rules, facts([claim, lossy], 'base'), current)).toMatchObject({ state: 'approved' });
  });

  it('says what is not known when it is asked for that reason', async () => {
    const decision = await decide(policy(when('records-above: 5')), facts([{ ...claim, records: undefined }]), current);
    expect(decision).toMatchObject({
      rules: [{ rule: 'base' }, { rule: 'extra', because: 'how many records it touches was not counted' }],
    });
  });
});

describe('rules that are for no schema of the change', () => {
  it('leave the decision to the default, never to nobody', async () => {
    const text = '  - { name: rare, users: [extra], when: { lossy: true } }\n';
    expect(await asked(text)).toEqual({ state: 'waiting', rules: ['approval'] });
    expect(await asked(text, {}, 'anyone')).toEqual({ state: 'approved', rules: ['approval'] });
    expect(await asked(text, {}, 'author')).toMatchObject({ state: 'waiting' });
  });

  it('do so schema by schema', async () => {
    const text = '  - { name: claims, users: [owner], when: { schemas: [schemas/claims/**] } }\n';
    const other = { ...claim, path: 'schemas/other.json' };
    expect(await decide(policy(text), facts([claim, other], 'owner'), current)).toMatchObject({ state: 'approved' });
    expect(await decide(policy(text), facts([claim, other], 'anyone'), current)).toMatchObject({
      state: 'waiting',
      missing: 1,
    });
  });
});

describe('groups', () => {
  const either =
    '  - or:\n      - { name: one, users: [one] }\n      - and: [{ name: two, users: [two] }, { name: three, users: [three] }]\n';

  it.each<[string[], string]>([
    [['one'], 'approved'],
    [['two'], 'waiting'],
    [['two', 'three'], 'approved'],
    [['four'], 'waiting'],
  ])('ask for one alternative, all of it: %o is %s', async (approvers, state) => {
    expect(await asked(either, {}, ...approvers)).toMatchObject({ state });
  });

  it('count what is missing on the shortest way', async () => {
    expect(await decide(policy(either), facts([claim]), current)).toMatchObject({ missing: 1 });
    expect(
      await decide(policy('  - { name: a, users: [one, two, six], require: 3 }\n'), facts([claim], 'two'), current),
    ).toMatchObject({ missing: 2 });
  });

  it('take no alternative whose condition is not known, while there is another', async () => {
    const text =
      '  - or:\n      - { name: easy, users: [easy], when: { only-changes: [annotation-changed] } }\n      - { name: hard, users: [hard] }\n';
    expect(await asked(text, { changes: undefined }, 'easy')).toEqual({ state: 'waiting', rules: ['hard'] });
    expect(await asked(text, { changes: ['annotation-changed'] }, 'easy')).toMatchObject({ state: 'approved' });
    expect(await asked(text, {}, 'easy')).toMatchObject({ state: 'waiting' });
  });

  it('ask for all alternatives when no condition is known', async () => {
    const text =
      '  - or:\n      - { name: a, users: [one], when: { lossy: true } }\n      - { name: b, users: [two], when: { lossy: false } }\n';
    expect(await asked(text, { lossy: undefined }, 'one')).toEqual({ state: 'waiting', rules: ['a', 'b'] });
    expect(await asked(text, { lossy: undefined }, 'one', 'two')).toMatchObject({ state: 'approved' });
    expect(await asked(text, { lossy: false }, 'one')).toEqual({ state: 'waiting', rules: ['b'] });
  });

  it('can have a condition as a whole, and leave the rest to others', async () => {
    const text =
      '  - { name: base, users: [base] }\n  - and: [{ name: a, users: [one] }, { name: b, users: [two] }]\n    when: { lossy: true }\n';
    expect((await asked(text)).rules).toEqual(['base']);
    expect((await asked(text, { lossy: true })).rules).toEqual(['base', 'a', 'b']);
    expect((await asked(text, { lossy: undefined })).rules).toEqual(['base', 'a', 'b']);
  });

  it('that end up empty in a group ask nothing, and say which rules were left out', async () => {
    const text = '  - { name: base, users: [base] }\n  - or: [{ name: a, users: [one], when: { lossy: true } }]\n';
    const { subjects } = await explain(policy(text), facts([claim]), current);
    expect(subjects[0]?.left).toEqual([{ rules: ['a'], why: 'its migration loses nothing' }]);
  });
});

describe('who may approve', () => {
  it('are the code owners of the schema, as long as they may write', async () => {
    const text = '  - { name: owners, codeowners: true }\n';
    expect(await asked(text, {}, 'owner')).toMatchObject({ state: 'approved' });
    expect(await asked(text, {}, 'reader')).toMatchObject({ state: 'waiting' });
    expect(await asked(text, {}, 'anyone')).toMatchObject({ state: 'waiting' });
  });

  it('is nobody where CODEOWNERS names nobody, and it is said', async () => {
    const decision = await decide(
      policy('  - { name: owners, codeowners: true }\n'),
      facts([{ ...claim, path: 'schemas/x.json' }], 'owner'),
      current,
    );
    expect(decision).toMatchObject({
      state: 'waiting',
      rules: [{ from: 'its code owners (CODEOWNERS names nobody)' }],
    });
  });

  it('must be found for every schema with owners of its own', async () => {
    const other = { ...claim, path: 'schemas/x.json' };
    expect(
      await decide(policy('  - { name: owners, codeowners: true }\n'), facts([claim, other], 'owner'), current),
    ).toMatchObject({
      state: 'waiting',
      rules: [
        { given: ['owner'], schemas: [claim.path] },
        { given: [], schemas: [other.path] },
      ],
    });
  });

  it('may be a committer and not the author, or the other way round', async () => {
    const both = (more: string): string => `  - { name: a, users: [author, second], ${more} }\n`;
    expect(await asked(both('committer: true'), {}, 'second')).toMatchObject({ state: 'approved' });
    expect(await asked(both('committer: true'), {}, 'author')).toMatchObject({ state: 'waiting' });
    expect(await asked(both('author: true, committer: false'), {}, 'author')).toMatchObject({ state: 'approved' });
    expect(await asked(both('author: true, committer: false'), {}, 'second')).toMatchObject({ state: 'waiting' });
  });

  it('can be asked without an opinion', async () => {
    const rules = policy(when('lossy: true'));
    expect(await mayDecide(rules, facts([claim]), { login: 'base', isBot: false })).toBe(true);
    expect(await mayDecide(rules, facts([claim]), { login: 'extra', isBot: false })).toEqual({
      reason: 'is none of @base',
    });
    expect(await mayDecide(rules, facts([claim]), { login: 'base', isBot: true })).toEqual({ reason: 'is a bot' });
  });
});

describe('a change of which nothing is known', () => {
  it('is asked everything that could be for it', async () => {
    expect(await decide(policy(when('lossy: true')), facts([], 'base'), current)).toMatchObject({ state: 'waiting' });
  });
});

describe('the policy that rules', () => {
  const floor = policy('  keep-on-push: false\n  rules: [{ name: floor, users: [floor] }]\n');
  const own = policy('  - { name: own, users: [own] }\n');
  const organisation = policy('  - { name: organisation, users: [organisation] }\n');
  const names = (ruling: ApprovalPolicy): string[] =>
    ruling.rules.map((rule) => ('name' in rule ? rule.name : 'group'));

  it("is the repository's own, or else the organisation's, or else the default", () => {
    expect(names(effectivePolicy({ floor: undefined, organisation, repository: own }))).toEqual(['own']);
    expect(names(effectivePolicy({ floor: undefined, organisation, repository: defaultApproval }))).toEqual([
      'organisation',
    ]);
    expect(effectivePolicy({ floor: undefined, organisation: undefined, repository: defaultApproval })).toBe(
      defaultApproval,
    );
  });

  it('asks in any case what the floor asks, and keeps its stricter settings', async () => {
    const ruling = effectivePolicy({ floor, organisation, repository: own });
    expect(names(ruling)).toEqual(['floor', 'own']);
    expect(ruling.keepOnPush).toBe(false);
    expect(await decide(ruling, facts([claim], 'own'), current)).toMatchObject({ state: 'waiting' });
    expect(await decide(ruling, facts([claim], 'own', 'floor'), current)).toMatchObject({ state: 'approved' });
  });

  it('has another hash as soon as it asks something else', () => {
    const hashes = [
      '  - { name: a, users: [one] }\n',
      '  - { name: a, users: [one], codeowners: true }\n',
      '  - { name: a, users: [one], committer: true }\n',
      '  - { name: a, users: [one], when: { lossy: true } }\n',
      '  - { name: a, users: [one], when: { lossy: false } }\n',
      '  - or: [{ name: a, users: [one] }]\n',
      '  - and: [{ name: a, users: [one] }]\n',
      '  keep-on-push: false\n  rules: [{ name: a, users: [one] }]\n',
      '  merge-before-conditions: false\n  rules: [{ name: a, users: [one] }]\n',
    ].map((text) => policyHash(policy(text)));
    expect(new Set(hashes).size).toBe(hashes.length);
    const same = policyHash(policy('  keep-on-push: true\n  rules: [{ name: b, users: [ONE], committer: false }]\n'));
    expect(same).toBe(hashes[0]);
  });
});

describe('an approval of the same content', () => {
  const strict = policy('  keep-on-push: false\n  rules: [{ name: a, users: [one] }]\n');
  const given = (over: Partial<ReviewFact>): ApprovalFacts => {
    const review: ReviewFact = { login: 'one', isBot: false, opinion: 'approved', commit: 'c1', fingerprint: current };
    return { ...facts([claim]), reviews: () => Promise.resolve([{ ...review, ...over }]) };
  };

  it('is stale after a push only where the policy says so', async () => {
    const lenient = policy('  - { name: a, users: [one] }\n');
    expect(await decide(lenient, given({ commit: 'c0' }), current)).toMatchObject({ state: 'approved' });
    expect(await decide(strict, given({}), current)).toMatchObject({ state: 'approved' });
    expect(await decide(strict, given({ commit: 'c0' }), current)).toMatchObject({
      stale: [{ login: 'one', reason: 'something was pushed since, and the policy asks for a new approval then' }],
    });
  });

  it('is stale when it was for something else than what is there now, whatever the content', async () => {
    const outdated = 'the pull request went to another branch then';
    expect(await decide(strict, given({ outdated }), current)).toMatchObject({ stale: [{ reason: outdated }] });
  });
});
