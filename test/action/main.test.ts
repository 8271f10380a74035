import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim280, claim290, claim300, claimPath, migration, migrationPath } from '../core/review/claim-files.ts';
import { type Workbench, withoutCommits, workbenchWith } from './workbench.ts';

const configuration = `schemas:
  - { files: 'schemas/**/*.json', compatibility: BACKWARD, target: claims }
targets:
  claims: { table: public.claims, key: id, document: body }
approval:
  - { name: platform, teams: [acme/platform] }
`;

let bench: Workbench;

beforeAll(async () => {
  bench = await workbenchWith({
    [claimPath]: claim280,
    'schemas/other.json': '{"type": "object", "version": "1.0.0"}',
    'README.md': 'Claims',
    '.github/sluice.yml': configuration,
  });
});
afterAll(() => bench.github.close());

describe('the bundled Action', () => {
  it('fails on a breaking change, and says why where people look', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300, [migrationPath]: migration });
    const result = await proposal.run();
    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'breaking', 'breaking-count': '2' });
    expect(result.outputs['fingerprint']).toMatch(/^[0-9a-f]{64}$/);
    const comments = await proposal.comments();
    expect(comments).toHaveLength(1);
    await expect(withoutCommits(comments[0] ?? '')).toMatchFileSnapshot('__snapshots__/comment.md');
    await expect(withoutCommits(result.summary)).toMatchFileSnapshot('__snapshots__/summary.md');
    await expect(withoutCommits(result.stdout).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<token>')).toMatchFileSnapshot(
      '__snapshots__/log.txt',
    );
    expect(result.annotations.map(({ level, file, line, title }) => [level, file, line, title])).toEqual([
      ['error', claimPath, 9, 'Sluice: breaking'],
      ['error', claimPath, 16, 'Sluice: breaking'],
      ['notice', migrationPath, 1, 'Sluice: migration-loses'],
      ['error', undefined, undefined, undefined],
    ]);
    expect(result.outputs['report-page']).toMatch(/sluice-report\.html$/);
    expect(result.report).toMatchObject({
      verdict: 'breaking',
      schemas: [{ name: 'insurance-claim', impact: { status: 'unknown' } }],
    });
  });

  it('passes a compatible change', async () => {
    const proposal = await bench.propose({ [claimPath]: claim290 });
    const result = await proposal.run();
    expect(result).toMatchObject({
      exitCode: 0,
      outputs: { verdict: 'compatible', 'breaking-count': '0', fingerprint: '' },
    });
    expect(await proposal.comments()).toEqual([
      expect.stringContaining('### ✔ `insurance-claim` 2.8.0 → 2.9.0 is compatible'),
    ]);
  });

  it('says nothing when no schema changed', async () => {
    const proposal = await bench.propose({ 'README.md': 'More claims' });
    expect(await proposal.run()).toMatchObject({ exitCode: 0, outputs: { verdict: 'none' }, annotations: [] });
    expect(await proposal.comments()).toEqual([]);
  });

  it('brings its comment up to date, and says so when all is mended', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    await proposal.run();
    await proposal.run();
    expect(await proposal.comments()).toEqual([expect.stringContaining('breaks stored records')]);
    await proposal.push({ [claimPath]: claim290 });
    await proposal.run();
    expect(await proposal.comments()).toEqual([expect.stringContaining('is compatible')]);
    await proposal.push({ [claimPath]: claim280 });
    expect((await proposal.run()).exitCode).toBe(0);
    expect(await proposal.comments()).toEqual([expect.stringContaining('No schema changes any more')]);
  });

  it('leaves the comments of others alone, whatever they hold', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    await proposal.run();
    const [own] = await proposal.pull.comments('developer');
    await proposal.pull.comment('developer', own?.body ?? '');
    await proposal.push({ [claimPath]: claim290 });
    await proposal.run();
    const comments = await proposal.comments();
    expect(comments.map((body) => body.split('\n')[0])).toEqual([
      '### ✔ Fixed: `insurance-claim` 2.8.0 → 2.9.0 is compatible',
      '### ✖ `insurance-claim` 2.8.0 → 3.0.0 breaks stored records',
    ]);
  });

  it('keeps one comment per configuration', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    await proposal.run();
    await proposal.run({ inputs: { config: '.github/other.yml' } });
    expect(await proposal.comments()).toHaveLength(2);
  });

  it('does without the comment where the token may only read, and is red or green as usual', async () => {
    const readOnly = { contents: 'read', pull_requests: 'read' } as const;
    const breaking = await bench.propose({ [claimPath]: claim300 });
    const result = await breaking.run({}, readOnly);
    expect(result.exitCode).toBe(1);
    expect(result.summary).toContain('breaks stored records');
    expect(result.annotations.filter(({ title }) => title === 'Sluice: breaking')).toHaveLength(2);
    expect(result.stdout).toContain('The token may not write comments');
    expect(await breaking.comments()).toEqual([]);
    const compatible = await bench.propose({ [claimPath]: claim290 });
    expect((await compatible.run({}, readOnly)).exitCode).toBe(0);
  });

  it('follows fail-on, but never hides a file that cannot be read', async () => {
    const breaking = await bench.propose({ [claimPath]: claim300 });
    expect((await breaking.run({ inputs: { 'fail-on': 'never' } })).exitCode).toBe(0);
    const broken = await bench.propose({ [claimPath]: '{' });
    expect((await broken.run({ inputs: { 'fail-on': 'never' } })).exitCode).toBe(1);
  });

  it.each([
    ['broken JSON', '{\n  "type": "object",\n}', 3],
    ['an unknown draft', '{\n  "$schema": "https://example.test/draft-99"\n}', 2],
    ['a reference that leads nowhere', '{\n  "$ref": "nowhere.json"\n}', 2],
    ['a schema that is none', '{\n  "type": "strin"\n}', 2],
  ])('marks the line of %s', async (_, text, line) => {
    const proposal = await bench.propose({ 'schemas/other.json': text });
    const result = await proposal.run();
    expect(result.exitCode).toBe(1);
    expect(result.annotations[0]).toMatchObject({ level: 'error', file: 'schemas/other.json', line });
    expect((await proposal.comments())[0]).toContain(`[\`schemas/other.json:${line}:`);
  });

  it('lets no text of a schema become a command to the workflow or a mention', async () => {
    const evil = '\n::error file=README.md,line=1::gotcha\n::set-output name=verdict::compatible @acme/platform';
    const schema = (type: string) =>
      JSON.stringify({
        version: '1.0.0',
        type: 'object',
        additionalProperties: false,
        properties: { [evil]: { type } },
      });
    const proposal = await bench.propose({ 'schemas/evil.json': schema('string') });
    await proposal.run();
    await proposal.pull.merge('owner');
    const change = await bench.propose({ 'schemas/evil.json': schema('number') });
    const result = await change.run();
    expect(result.outputs['verdict']).toBe('breaking');
    expect(result.annotations.some(({ file, message }) => file === 'README.md' || message === 'gotcha')).toBe(false);
    const [comment = ''] = await change.comments();
    expect(comment.replaceAll(/`+[^`]*`+/g, '').replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/@acme/);
  });

  it('checks what a merge queue is about to merge', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    const base_sha = await proposal.base();
    const merge_group = { base_sha, head_sha: proposal.pull.head, base_ref: 'refs/heads/main' };
    const result = await proposal.run({ event: () => ({ action: 'checks_requested', merge_group }) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: 'breaking' } });
    expect(result.summary).toContain('breaks stored records');
    expect(await proposal.comments()).toEqual([]);
  });

  it('tells of a push, and does not judge it again', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    const before = await proposal.base();
    const push = { before, after: proposal.pull.head, ref: 'refs/heads/main' };
    const result = await proposal.run({ event: () => push });
    expect(result).toMatchObject({ exitCode: 0, outputs: { verdict: 'breaking' } });
    expect(result.summary).toContain('breaks stored records');
    const created = await proposal.run({ event: () => ({ ...push, before: '0'.repeat(40) }) });
    expect(created).toMatchObject({ exitCode: 0, summary: '' });
  });

  it('has nothing to do in a workflow without a pull request', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    const result = await proposal.run({ event: () => ({ ref: 'refs/heads/main' }) });
    expect(result).toMatchObject({ exitCode: 0, annotations: [] });
  });

  it('says what is wrong with its inputs, its token or GitHub, without a stack', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    const wrong = await proposal.run({ inputs: { 'fail-on': 'sometimes', 'show-values': 'perhaps' } });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.annotations[0]?.message).toMatchInlineSnapshot(
      `"\`fail-on\` must be \`breaking\` or \`never\`; \`show-values\` must be \`true\` or \`false\`. Correct the \`with:\` part of the workflow step."`,
    );
    const refused = await proposal.run({ token: 'ghs_unknown' });
    expect(refused.exitCode).toBe(1);
    expect(refused.annotations[0]?.message).toMatchInlineSnapshot(
      `"GitHub refuses the token. Write \`token: \${{ secrets.GITHUB_TOKEN }}\`."`,
    );
    expect(refused.stdout).not.toContain('at ');
  });
});

describe('the configuration that rules', () => {
  it('is the one of the base branch, not the one of the pull request', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300, '.github/sluice.yml': 'fail-on: never\n' });
    expect((await proposal.run()).exitCode).toBe(1);
  });

  it('is reported with all its problems when the pull request breaks it', async () => {
    const proposal = await bench.propose({ '.github/sluice.yml': 'schema: []\nfail-on: maybe\n' });
    const result = await proposal.run();
    expect(result.exitCode).toBe(1);
    expect(result.annotations.slice(0, 2).map(({ file, line }) => [file, line])).toEqual([
      ['.github/sluice.yml', 1],
      ['.github/sluice.yml', 2],
    ]);
  });
});

describe('a configuration that is broken on the base branch', () => {
  let broken: Workbench;
  beforeAll(async () => {
    broken = await workbenchWith({ [claimPath]: claim280, '.github/sluice.yml': 'schema: []\n' });
  });
  afterAll(() => broken.github.close());

  it('keeps the check red', async () => {
    const proposal = await broken.propose({ [claimPath]: claim290 });
    const result = await proposal.run();
    // Nothing was compared: that no schema changed is not known, either.
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: 'undecided' } });
    expect((await proposal.comments())[0]).toContain('has no setting "schema"');
  });

  it('can be mended', async () => {
    const proposal = await broken.propose({ '.github/sluice.yml': 'fail-on: never\n' });
    expect((await proposal.run()).exitCode).toBe(0);
  });
});
