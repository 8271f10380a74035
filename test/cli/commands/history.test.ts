import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../support/child.ts';
import { TestClone } from './clone.ts';

const path = 'schemas/insurance-claim.json';
let clone: TestClone;

beforeAll(async () => {
  clone = new TestClone(await bundleProgram('cli/main.ts'));
  const claim = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    version: '1.0.0',
    type: 'object',
    properties: { claim_id: { type: 'string' }, claim_amount: { type: 'string' } } as Record<string, object>,
    required: ['claim_id'],
    additionalProperties: false,
  };
  clone.put('schemas/claim.json', claim);
  clone.commit('Claims');
  claim.properties['category'] = { type: 'string' };
  clone.put('schemas/claim.json', { ...claim, version: '1.1.0' });
  clone.commit('Categories | for @everyone <b>');
  clone.git('mv', 'schemas/claim.json', path);
  clone.commit('A better name');
  clone.put(path, '{ "version": ');
  clone.commit('Broken');
  claim.properties['claim_amount'] = { type: 'number' };
  claim.properties['policy_number'] = { type: 'string' };
  claim.required.push('policy_number');
  clone.put(path, { ...claim, version: '1.1.0' });
  clone.put('migrations/insurance-claim/2.0.0.yml', migration);
  clone.put('.github/sluice.yml', configuration);
  clone.commit('Numbers without a version');
  clone.git('checkout', '--quiet', 'HEAD~2', '--', path);
  clone.commit('Back');
  clone.put(path, { ...claim, version: '2.0.0' });
  clone.commit('Numbers');
  claim.properties['note'] = { type: 'string' };
  clone.put(path, { ...claim, version: '2.0.1' });
  clone.commit('A note');
  clone.put('schemas/other.json', { version: '1.0.0', type: 'object' });
  clone.commit('Another');
});
afterAll(() => clone.remove());

const configuration = `schemas:
  - { files: "schemas/**/*.json", target: claims }
targets:
  claims: { table: claims, key: id, document: body }
`;
const migration = `schema: insurance-claim
from: 1.1.0
to: 2.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
  - default: { at: /policy_number, value: UNASSIGNED }
`;

describe('sluice history', () => {
  it('tells what each commit did to a schema, across renames and broken files, newest first', async () => {
    const { code, out, err } = await clone.sluice('history', path);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    await expect(out).toMatchFileSnapshot('__snapshots__/history.txt');
  });

  it('says the same in markdown, where no message of a commit becomes more than words', async () => {
    const { out } = await clone.sluice('history', path, '--format', 'markdown');
    await expect(out).toMatchFileSnapshot('__snapshots__/history.md');
    expect(out).not.toContain('<b>');
    expect(out).not.toMatch(/@everyone/);
  });

  it('gives programs everything, without the texts', async () => {
    const { out } = await clone.sluice('history', path, '--format', 'json');
    const { name, entries } = JSON.parse(out) as { name: string; entries: Record<string, never>[] };
    expect(name).toBe('insurance-claim');
    expect(entries.map(({ version }) => version)).toEqual([
      '2.0.1',
      '2.0.0',
      '1.1.0',
      '1.1.0',
      undefined,
      '1.1.0',
      '1.1.0',
      '1.0.0',
    ]);
    expect(entries[1]).toMatchObject({
      author: 'developer',
      review: { verdict: 'breaking', migration: { status: 'given', proof: { result: 'proved' } } },
    });
    expect(out).not.toContain('newText');
  });

  it('looks at as many commits as it is told to, and says that there are more', async () => {
    const { out } = await clone.sluice('history', path, '--limit', '2');
    expect(out).toContain('✖ 2.0.0');
    expect(out).not.toContain('1.1.0');
    expect(out).toContain('older entries are not shown, see --limit');
  });

  it.each([
    [['history', 'schemas/nothing.json'], 'schemas/nothing.json: No commit has this file.'],
    [['history', '../elsewhere.json'], '../elsewhere.json: This is not in the clone.'],
    [['history'], "error: missing required argument 'schema'"],
    [['history', path, '--limit', 'all'], "error: option '--limit <commits>' argument 'all' is invalid."],
    [['report'], 'error: give either --html or --json'],
    [['report', '--html', '--output', 'no/such/folder'], 'no/such/folder: This file cannot be written.'],
    [['diff', path], "error: missing required argument 'new'"],
    [['diff', 'nothing.json', path], 'nothing.json: There is no such file.'],
    [['diff', 'HEAD:nothing.json', path], 'HEAD:nothing.json: There is no such file.'],
    [['diff', 'schemas', path], 'schemas: This is a folder.'],
    [['diff', 'HEAD~5:schemas/insurance-claim.json', path], 'HEAD~5:schemas/insurance-claim.json: '],
  ])('answers %j with one line and exit code 2', async (given, expected) => {
    const { code, out, err } = await clone.sluice(...given);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err.startsWith(expected)).toBe(true);
  });
});

describe('sluice report', () => {
  it('writes the histories of all schemas as one page that needs nothing else', async () => {
    const { code, out } = await clone.sluice('report', '--html');
    expect(code).toBe(0);
    expect(out).not.toMatch(/<script|<link|<img|src=|url\(|href="(?!#)/);
    expect(out).toContain('<caption>All schemas</caption>');
    expect(out).toMatch(/insurance-claim<\/a><br>.*<td>2\.0\.1<\/td><td>4<\/td><td><span class="bad">✖ \d<\/span>/);
    expect(out).toMatch(/other<\/a><br>.*<td>1\.0\.0<\/td><td>1<\/td><td>none<\/td>/);
    expect(out).toContain('migrations/insurance-claim/2.0.0.yml, proved');
    expect(out).toContain('Categories | for @everyone &lt;b&gt;');
    for (const [table] of out.matchAll(/<table[\s\S]*?<\/table>/g))
      expect(table).toMatch(/<th scope="row">|scope="col"/);
  });

  it('gives the same as data, of the schemas that are named', async () => {
    const { out } = await clone.sluice('report', '--json', 'schemas/other.json');
    expect(JSON.parse(out)).toMatchObject({ format: 1, schemas: [{ name: 'other', entries: [{ version: '1.0.0' }] }] });
  });
});

describe('sluice diff', () => {
  it('shows every change between two versions, and both side by side', async () => {
    const { code, out } = await clone.sluice('diff', 'HEAD~8:schemas/claim.json', path);
    expect(code).toBe(1);
    await expect(out).toMatchFileSnapshot('__snapshots__/diff.txt');
  });

  it('says the same as markdown, as a page and as data', async () => {
    const [markdown, page, data] = await Promise.all(
      ['markdown', 'html', 'json'].map((format) =>
        clone.sluice('diff', 'HEAD~8:schemas/claim.json', path, '--format', format),
      ),
    );
    expect(markdown?.out.split('\n')[0]).toBe('### ✖ `insurance-claim` 1.0.0 → 2.0.1 breaks stored records');
    expect(markdown?.out).not.toContain('To merge');
    expect(page?.out).toContain('<td class="is bad">✖ changed</td>');
    expect(JSON.parse(data?.out ?? '')).toMatchObject({ verdict: 'breaking', schemas: [{ oldVersion: '1.0.0' }] });
  });

  it('ends with 0 where nothing breaks', async () => {
    expect((await clone.sluice('diff', path, path)).code).toBe(0);
    expect((await clone.sluice('diff', 'HEAD~8:schemas/claim.json', path, '--mode', 'NONE')).code).toBe(0);
  });
});
