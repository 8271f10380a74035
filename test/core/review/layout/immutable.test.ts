import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../core/configuration/parse.ts';
import { reviewPullRequest } from '../../../../core/review/review-pull-request.ts';
import { changesBetween, type Files, treeOf } from '../map-tree.ts';

const iglu = 'schemas: [{ files: "schemas/**/*", layout: immutable }]';

async function reviewOf(base: Files, added: Readonly<Record<string, string | null>>, written = iglu) {
  const parsed = parseConfiguration({ path: '.github/sluice.yml', text: written });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const head = Object.fromEntries(
    Object.entries({ ...base, ...added }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const trees = { base: treeOf('b', base), head: treeOf('h', head) };
  const changedFiles = changesBetween(base, head);
  return reviewPullRequest({ ...trees, changedFiles, configuration: parsed.configuration });
}

const at = (version: string, name = 'claim') => `schemas/com.acme/${name}/jsonschema/${version}`;

function claim(version: string, amount: object, more: object = {}): string {
  const self = { vendor: 'com.acme', name: 'claim', format: 'jsonschema', version };
  const $schema = 'http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#';
  return JSON.stringify(
    { $schema, self, type: 'object', properties: { amount, ...more }, additionalProperties: false },
    null,
    1,
  );
}

const text = { type: 'string' };
const short = { type: 'string', maxLength: 10 };
const published = { [at('1-0-0')]: claim('1-0-0', text), [at('1-0-1')]: claim('1-0-1', text, { note: text }) };

describe('one file per version', () => {
  it('compares a new version with the greatest lower one, and says with which', async () => {
    const next = { [at('1-0-2')]: claim('1-0-2', text, { note: text, more: text }) };
    const review = await reviewOf({ ...published, [at('2-0-0')]: claim('2-0-0', { type: 'number' }) }, next);
    expect(review).toMatchObject({ verdict: 'compatible', fingerprint: undefined, problems: [], findings: [] });
    expect(review.schemas).toMatchObject([
      {
        name: 'com.acme.claim',
        path: at('1-0-2'),
        change: 'modified',
        comparedWith: { path: at('1-0-1'), version: '1-0-1' },
        oldVersion: '1-0-1',
        newVersion: '1-0-2',
        advice: { bump: 'patch', recommended: '1-0-2', honest: true },
      },
    ]);
    expect(review.schemas[0]?.previousPath).toBeUndefined();
  });

  it('asks for the version that the break deserves, and for an approval', async () => {
    const review = await reviewOf(published, { [at('1-0-2')]: claim('1-0-2', { type: 'number' }, { note: text }) });
    expect(review).toMatchObject({ verdict: 'breaking', breakingCount: 1 });
    expect(review.fingerprint).toBeDefined();
    expect(review.findings).toMatchObject([
      {
        rule: 'version-bump',
        message: 'Version 1-0-2 is too low for a change that can break others',
        remedy: 'Name the file for 2-0-0.',
      },
    ]);
  });

  it('lets the first version in', async () => {
    const review = await reviewOf(published, { [at('1-0-0', 'other')]: '{"type":"object"}' });
    expect(review.schemas).toMatchObject([{ change: 'added', verdict: 'compatible' }]);
    expect(review.schemas[0]?.comparedWith).toBeUndefined();
  });

  it('compares versions that come together with each other', async () => {
    const review = await reviewOf(published, {
      [at('1-0-2')]: claim('1-0-2', text, { note: text, a: text }),
      [at('1-0-3')]: claim('1-0-3', text, { note: text }),
    });
    expect(
      review.schemas.map(({ newVersion, comparedWith, verdict }) => [newVersion, comparedWith?.version, verdict]),
    ).toEqual([
      ['1-0-2', '1-0-1', 'compatible'],
      ['1-0-3', '1-0-2', 'breaking'],
    ]);
  });

  it('refuses to change or to delete what is published, whatever the change does', async () => {
    const changed = await reviewOf(published, {
      [at('1-0-0')]: published[at('1-0-0')]?.replace('"properties"', '"title": "x", "properties"') ?? '',
    });
    expect(changed.verdict).toBe('compatible');
    expect(changed.findings).toMatchObject([
      {
        rule: 'published-file-changed',
        severity: 'error',
        message: 'Version 1-0-0 of com.acme.claim is published, and its file changes',
      },
    ]);
    const deleted = await reviewOf(published, { [at('1-0-0')]: null });
    expect(deleted.verdict).toBe('breaking');
    expect(deleted.findings).toMatchObject([{ rule: 'published-file-changed' }]);
    const renamed = await reviewOf(published, { [at('1-0-1')]: null, [at('1-0-2')]: published[at('1-0-1')] ?? '' });
    expect(renamed.verdict).toBe('breaking');
    expect(renamed.findings?.map(({ rule }) => rule)).toEqual(['published-file-changed', 'version-agrees']);
  });

  it('takes no waiver of that from the file itself, but one from the base branch', async () => {
    const waived = claim('1-0-0', text).replace(
      '"type": "object"',
      '"$comment": "sluice-ignore published-file-changed: typo", "type": "object"',
    );
    expect(waived).toContain('sluice-ignore');
    const review = await reviewOf(published, { [at('1-0-0')]: waived });
    expect(review.findings?.[0]?.waived).toBeUndefined();
    const more = `${iglu}\nwaivers: [{ rule: published-file-changed, files: "schemas/com.acme/**", reason: never released }]`;
    expect((await reviewOf(published, { [at('1-0-0')]: waived }, more)).findings?.[0]?.waived).toBe('never released');
  });

  it('finds a published version that means something else because of a shared file', async () => {
    const base = {
      'parts/money.json': '{"type":"string"}',
      [at('1-0-0')]:
        '{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"$ref":"../../../../parts/money.json"}}}',
    };
    const review = await reviewOf(base, { 'parts/money.json': '{"type":"number"}' });
    expect(review.schemas).toMatchObject([{ verdict: 'breaking', through: ['parts/money.json'] }]);
    expect(review.findings).toMatchObject([{ rule: 'published-file-changed' }]);
  });

  it('follows a folder that moves with its files as they were', async () => {
    const moved = await reviewOf(
      { [at('1-0-0')]: claim('1-0-0', text) },
      { [at('1-0-0')]: null, [`schemas/v1/${at('1-0-0').slice(8)}`]: claim('1-0-0', text) },
    );
    expect(moved).toMatchObject({ verdict: 'compatible', findings: [] });
  });

  it('says when path and schema disagree, when the path names no version, and when a later one is there', async () => {
    const review = await reviewOf(published, {
      [at('1-0-2')]: claim('1-0-1', text, { note: text }),
      'schemas/com.acme/claim/jsonschema/draft': '{"type":"object"}',
    });
    expect(review.findings?.map(({ rule, place }) => [rule, place.path])).toEqual([
      ['version-in-path', 'schemas/com.acme/claim/jsonschema/draft'],
      ['version-agrees', at('1-0-2')],
    ]);
    const between = await reviewOf(
      { ...published, [at('1-0-5')]: claim('1-0-5', text) },
      { [at('1-0-2')]: claim('1-0-2', text, { note: text }) },
    );
    expect(between.findings).toMatchObject([{ rule: 'version-order', severity: 'warning' }]);
  });

  it('reads other namings', async () => {
    const written = 'schemas: [{ files: "schemas/**", layout: immutable, naming: "{name}.v{version}" }]';
    const review = await reviewOf(
      { 'schemas/claim.v2.json': '{"type":"string"}', 'schemas/claim.v9.json': '{"type":"string"}' },
      { 'schemas/claim.v10.json': '{"type":"number"}' },
      written,
    );
    expect(review.schemas).toMatchObject([
      {
        name: 'claim',
        oldVersion: '9',
        newVersion: '10',
        verdict: 'breaking',
        comparedWith: { path: 'schemas/claim.v9.json' },
      },
    ]);
    expect(review.findings).toEqual([]);
  });
});

describe('transitive modes', () => {
  const transitive = iglu.replace('layout', 'compatibility: BACKWARD_TRANSITIVE, layout');
  const base = {
    [at('1-0-0')]: claim('1-0-0', text),
    [at('2-0-0')]: claim('2-0-0', short),
    [at('2-0-1')]: claim('2-0-1', { ...short, maxLength: 12 }),
  };

  it('ask about every lower version, and tell against which one it breaks', async () => {
    const next = { [at('2-0-2')]: claim('2-0-2', { ...short, maxLength: 20 }) };
    expect((await reviewOf(base, next)).verdict).toBe('compatible');
    const review = await reviewOf(base, next, transitive);
    expect(review.verdict).toBe('breaking');
    expect(review.schemas[0]?.comparison?.changes.map(({ summary }) => summary)).toMatchInlineSnapshot(`
      [
        "maxLength 12 → 20",
        "against 1-0-0: maxLength none → 20",
      ]
    `);
    const fixed = await reviewOf(base, { [at('2-0-2')]: claim('2-0-2', text) }, transitive);
    expect(fixed.verdict).toBe('compatible');
  });

  it('are undecided where an earlier version cannot be read', async () => {
    const broken = { ...base, [at('1-0-0')]: '{' };
    const review = await reviewOf(broken, { [at('2-0-2')]: claim('2-0-2', text) }, transitive);
    expect(review.verdict).toBe('undecided');
    expect(review.schemas[0]?.incomparable).toContain(`${at('1-0-0')} cannot be read`);
    expect(review.fingerprint).toBeDefined();
  });

  it('are undecided where a file keeps no earlier version', async () => {
    const written = 'schemas: [{ files: "schemas/**", compatibility: BACKWARD_TRANSITIVE }]';
    const review = await reviewOf(
      { 'schemas/a.json': '{"type":"integer"}' },
      { 'schemas/a.json': '{"type":"number"}' },
      written,
    );
    expect(review.verdict).toBe('undecided');
    expect(review.schemas[0]?.incomparable).toMatch(/layout: immutable/);
    const breaks = await reviewOf(
      { 'schemas/a.json': '{"type":"number"}' },
      { 'schemas/a.json': '{"type":"string"}' },
      written,
    );
    expect(breaks.verdict).toBe('breaking');
  });

  it('bind an approval to what it breaks against', async () => {
    const next = { [at('2-0-2')]: claim('2-0-2', { ...short, maxLength: 20 }) };
    const one = await reviewOf(base, next, transitive);
    const other = await reviewOf({ ...base, [at('1-0-0')]: claim('1-0-0', { type: 'number' }) }, next, transitive);
    expect(one.fingerprint).not.toBe(other.fingerprint);
  });
});
