import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../core/configuration/configuration.ts';
import { defaultConfiguration } from '../../../core/configuration/defaults.ts';
import { reviewPullRequest } from '../../../core/review/review-pull-request.ts';
import { claim280, claim290, claim300, claimPath, migration, migrationPath } from './claim-files.ts';
import { changesBetween, type Files, treeOf } from './map-tree.ts';

const withTarget: Configuration = {
  ...defaultConfiguration,
  schemas: [{ files: 'schemas/**/*.{json,yaml}', compatibility: 'BACKWARD', formatAssertion: false, target: 'claims' }],
  targets: new Map([
    ['claims', { name: 'claims', database: 'default', table: 'claims', key: 'id', document: 'claim' }],
  ]),
};

function reviewOf(base: Files, head: Files, configuration = defaultConfiguration) {
  const changedFiles = changesBetween(base, head);
  return reviewPullRequest({
    base: treeOf('b'.repeat(40), base),
    head: treeOf('h'.repeat(40), head),
    changedFiles,
    configuration,
  });
}

const money = (type: string) => JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', type });
const invoice = JSON.stringify({
  $schema: 'http://json-schema.org/draft-07/schema#',
  version: '1.0.0',
  type: 'object',
  properties: { total: { $ref: '../shared/money.json' } },
});

describe('reviewPullRequest', () => {
  it('is silent when no schema changed', async () => {
    const review = await reviewOf({ [claimPath]: claim280 }, { [claimPath]: claim280, 'README.md': 'x' });
    expect(review).toMatchObject({
      schemas: [],
      problems: [],
      verdict: 'none',
      breakingCount: 0,
      fingerprint: undefined,
    });
  });

  it('lets a compatible change pass without asking anybody', async () => {
    const review = await reviewOf({ [claimPath]: claim280 }, { [claimPath]: claim290 });
    expect(review).toMatchObject({
      verdict: 'compatible',
      breakingCount: 0,
      fingerprint: undefined,
      schemas: [
        { name: 'insurance-claim', oldVersion: '2.8.0', newVersion: '2.9.0', advice: { honest: true, bump: 'minor' } },
      ],
    });
  });

  it('finds what breaks, with a witness for each, and asks for approval', async () => {
    const review = await reviewOf({ [claimPath]: claim280 }, { [claimPath]: claim300 });
    expect(review).toMatchObject({ verdict: 'breaking', breakingCount: 2, problems: [] });
    expect(review.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const [schema] = review.schemas;
    const broken = schema?.comparison?.changes.filter(({ backward }) => backward.verdict === 'breaking');
    expect(broken?.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['required-added', 'policy_number'],
      ['type-changed', 'claim_amount'],
    ]);
    expect(schema?.migration).toEqual({ status: 'not-needed' });
  });

  it('proposes a migration where records are stored and none is given', async () => {
    const review = await reviewOf({ [claimPath]: claim280 }, { [claimPath]: claim300 }, withTarget);
    expect(review.schemas[0]?.migration).toMatchObject({ status: 'missing', path: migrationPath });
  });

  it('proves the migration that is given', async () => {
    const review = await reviewOf(
      { [claimPath]: claim280 },
      { [claimPath]: claim300, [migrationPath]: migration },
      withTarget,
    );
    expect(review.problems).toEqual([]);
    expect(review.schemas[0]?.migration).toMatchObject({
      status: 'given',
      path: migrationPath,
      proof: { result: 'proved' },
    });
  });

  it('refuses a migration that is broken or of other versions, and says where', async () => {
    const broken = await reviewOf(
      { [claimPath]: claim280 },
      { [claimPath]: claim300, [migrationPath]: 'from: [' },
      withTarget,
    );
    expect(broken.schemas[0]?.migration).toEqual({ status: 'unusable', path: migrationPath });
    expect(broken.problems[0]?.place).toMatchObject({ path: migrationPath, line: 1 });
    const other = migration.replace('2.8.0', '2.7.0');
    const review = await reviewOf(
      { [claimPath]: claim280 },
      { [claimPath]: claim300, [migrationPath]: other },
      withTarget,
    );
    expect(review.problems.map(({ place, problem }) => [place.path, place.line, problem])).toEqual([
      [migrationPath, 1, 'The migration says `from: 2.7.0`, but it is 2.8.0'],
    ]);
    expect(review.schemas[0]?.migration).toMatchObject({
      correction: { firstLine: 1, lastLine: 1, text: 'from: 2.8.0' },
    });
  });

  it('counts a removed schema as breaking and an added one as compatible', async () => {
    const review = await reviewOf({ [claimPath]: claim280 }, { 'schemas/claim.yaml': 'type: object\n' });
    expect(review.schemas.map(({ path, change, verdict }) => [path, change, verdict])).toEqual([
      ['schemas/claim.yaml', 'added', 'compatible'],
      [claimPath, 'removed', 'breaking'],
    ]);
    expect(review).toMatchObject({ verdict: 'breaking', breakingCount: 1 });
    expect(review.fingerprint).toBeDefined();
  });

  it('follows a schema that moved', async () => {
    const review = await reviewOf({ [claimPath]: claim280 }, { 'schemas/v3/insurance-claim.json': claim300 });
    expect(review.schemas).toMatchObject([
      { path: 'schemas/v3/insurance-claim.json', previousPath: claimPath, change: 'modified', verdict: 'breaking' },
    ]);
  });

  it('takes a changed shared file for a change of every schema that refers to it', async () => {
    const base = {
      'schemas/invoice.json': invoice,
      'schemas/other.json': '{"type":"object"}',
      'shared/money.json': money('string'),
    };
    const review = await reviewOf(base, { ...base, 'shared/money.json': money('number') });
    expect(review.schemas).toMatchObject([
      {
        path: 'schemas/invoice.json',
        through: ['shared/money.json'],
        verdict: 'breaking',
        newFiles: { 'shared/money.json': money('number') },
      },
    ]);
    expect(review.schemas[0]?.comparison?.changes[0]).toMatchObject({ path: 'shared/money.json' });
  });

  it('finds schemas whose shared file is gone', async () => {
    const base = { 'schemas/invoice.json': invoice, 'shared/money.json': money('string') };
    const review = await reviewOf(base, { 'schemas/invoice.json': invoice });
    expect(review.problems).toMatchObject([{ place: { path: 'schemas/invoice.json' } }]);
  });

  it('reads no schemas for changes that cannot concern them', async () => {
    const files = { 'schemas/invoice.json': invoice, 'shared/money.json': money('string'), 'src/a.ts': '1' };
    const head = treeOf('h', { ...files, 'src/a.ts': '2', '.github/workflows/ci.yml': 'x' });
    const changedFiles = changesBetween(files, { ...files, 'src/a.ts': '2', '.github/workflows/ci.yml': 'x' });
    await reviewPullRequest({ base: treeOf('b', files), head, changedFiles, configuration: defaultConfiguration });
    expect(head.reads).toEqual([]);
  });

  it.each([
    ['broken JSON', '{"type": "object",}', /:1:/],
    ['an unknown draft', '{"$schema": "https://example.test/draft-99"}', /draft-99/],
    ['a schema that is none', '{"type": "strin"}', /type/],
    ['a reference that leads nowhere', '{"$ref": "missing.json"}', /missing\.json/],
    ['a reference out of the repository', '{"$ref": "https://example.test/x.json"}', /example\.test/],
    ['a reference to a folder above', '{"$ref": "../../../etc/passwd"}', /passwd/],
  ])('reports %s with its place, and compares the rest', async (_, text, says) => {
    const base = { [claimPath]: claim280, 'schemas/a.json': '{}' };
    const review = await reviewOf(base, { [claimPath]: claim290, 'schemas/a.json': text });
    expect(review.problems).toHaveLength(1);
    const [problem] = review.problems;
    expect(problem?.place).toMatchObject({ path: 'schemas/a.json', line: 1 });
    expect(`${problem?.place.path}:${problem?.place.line}: ${problem?.problem} ${problem?.remedy}`).toMatch(says);
    expect(review.schemas.map(({ name }) => name)).toEqual(['insurance-claim']);
  });

  it('proves nothing about a schema whose old version is broken, and lets it be mended with an approval', async () => {
    const review = await reviewOf({ 'schemas/a.json': '{' }, { 'schemas/a.json': '{}' });
    expect(review).toMatchObject({ verdict: 'undecided', breakingCount: 1, problems: [] });
    expect(review.schemas[0]?.incomparable).toMatch(/cannot be read/);
    expect(review.fingerprint).toBeDefined();
  });

  it('does not blame a change for schemas that were broken before', async () => {
    const base = { 'schemas/a.json': '{"$ref": "missing.json"}', 'schemas/b.json': '{}' };
    const review = await reviewOf(base, { ...base, 'schemas/b.json': '{"title": "b"}' });
    expect(review.problems).toEqual([]);
  });
});

describe('the fingerprint', () => {
  const fingerprintOf = async (head: Files, configuration = withTarget, base: Files = { [claimPath]: claim280 }) =>
    (await reviewOf(base, head, configuration)).fingerprint;

  it('stays when only what nobody approves changes', async () => {
    const first = await fingerprintOf({ [claimPath]: claim300 });
    expect(await fingerprintOf({ [claimPath]: claim300, 'README.md': 'x' })).toBe(first);
    expect(await fingerprintOf({ [claimPath]: JSON.stringify(JSON.parse(claim300)) })).toBe(first);
    const retitled = claim300.replace('Insurance claim', 'A claim');
    expect(retitled).not.toBe(claim300);
    expect(await fingerprintOf({ [claimPath]: retitled })).toBe(first);
  });

  it('changes with each thing that is approved', async () => {
    const strict: Configuration = {
      ...withTarget,
      schemas: withTarget.schemas.map((set) => ({ ...set, compatibility: 'FULL' })),
    };
    const [[name, target] = []] = withTarget.targets;
    const elsewhere: Configuration = {
      ...withTarget,
      targets: name && target ? new Map([[name, { ...target, table: 'payroll' }]]) : new Map(),
    };
    const fingerprints = await Promise.all([
      fingerprintOf({ [claimPath]: claim300 }),
      fingerprintOf({ [claimPath]: claim300.replace('"number"', '"integer"') }),
      fingerprintOf({ [claimPath]: claim300.replace('3.0.0', '4.0.0') }),
      fingerprintOf({ [claimPath]: claim300, [migrationPath]: migration }),
      fingerprintOf({ [claimPath]: claim300, [migrationPath]: migration.replace('UNKNOWN', 'NONE') }),
      fingerprintOf({ [claimPath]: claim300 }, defaultConfiguration),
      fingerprintOf({ [claimPath]: claim300 }, strict),
      fingerprintOf({ [claimPath]: claim300 }, elsewhere),
      fingerprintOf({ 'schemas/v3/insurance-claim.json': claim300 }),
      fingerprintOf({}),
    ]);
    expect(fingerprints).not.toContain(undefined);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  it('ignores how a migration is written, not what it says', async () => {
    const rewritten = `# a comment\n${migration}`;
    const head = { [claimPath]: claim300 };
    expect(await fingerprintOf({ ...head, [migrationPath]: rewritten })).toBe(
      await fingerprintOf({ ...head, [migrationPath]: migration }),
    );
  });

  it('is needed for a migration even when the change is compatible', async () => {
    const path = 'migrations/insurance-claim/2.9.0.yml';
    const fill = 'from: 2.8.0\nto: 2.9.0\ntransform:\n  - default: { at: /adjuster, value: nobody }\n';
    expect(await fingerprintOf({ [claimPath]: claim290 })).toBeUndefined();
    expect(await fingerprintOf({ [claimPath]: claim290, [path]: fill })).toBeDefined();
  });
});
