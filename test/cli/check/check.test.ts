import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram } from '../../support/child.ts';

let program: string;
const folder = mkdtempSync(join(tmpdir(), 'sluice-check-'));
beforeAll(async () => {
  program = await bundleProgram('cli/main.ts');
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return name;
}
function check(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'check', ...parameters], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('two files', () => {
  const old = () =>
    write('claim-2.8.0.json', {
      version: '2.8.0',
      type: 'object',
      properties: { amount: { type: 'string' } },
      additionalProperties: false,
    });
  const next = () =>
    write('claim-2.9.0.json', {
      version: '2.9.0',
      type: 'object',
      properties: { amount: { type: 'number' } },
      additionalProperties: false,
    });

  test('a break is told with its line, a document that shows it and another way, and exits with 1', () => {
    const { status, stdout } = check(old(), next());
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✖ claim-2\.9\.0 2\.8\.0 → 2\.9\.0 {3}breaking \(1\)/);
    expect(stdout).toMatch(
      /✖ +6 +amount +string → number +breaking: services on the new version that read old records/,
    );
    expect(stdout).toContain('witness {"amount":""}');
    expect(stdout).toContain('/amount must be number');
    expect(stdout).toContain('compatible instead: Add a new property');
    expect(stdout).toContain('at least 3.0.0');
    expect(stdout).toContain('mode BACKWARD, strict sets');
  });
  test('no colour unless a person looks', () => {
    expect(check(old(), next()).stdout.includes('\u001B')).toBe(false);
  });
  test('compatible exits with 0', () => {
    expect(check(old(), old())).toMatchObject({ status: 0, stderr: '' });
  });
  test('as JSON it is all there', () => {
    const { status, stdout } = check(old(), next(), '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      oldVersion: '2.8.0',
      comparison: {
        verdict: 'breaking',
        backward: { witness: { amount: '' } },
        changes: [{ kind: 'type-changed', line: 6 }],
      },
      advice: { recommended: '3.0.0', honest: false },
    });
  });
  test('files that are referred to are found beside it, in YAML too', () => {
    write('money.yaml', 'type: number\nminimum: 0\n');
    const a = write('a.yaml', 'properties:\n  amount:\n    $ref: money.yaml\n');
    const b = write('b.yaml', 'properties:\n  amount:\n    type: number\n    minimum: 0\n');
    expect(check(a, b).status).toBe(0);
  });
});

describe('bad input exits with 2 and says what to do', () => {
  const fine = () => write('fine.json', { type: 'string' });
  test.each([
    ['broken JSON', '{"type": }', /^bad\.json:1:10: This is not JSON/],
    ['no schema', '{"type": "strin"}', /^bad\.json:1:10: This is no schema of draft-07/],
    ['an unknown dialect', '{"$schema": "http://acme.test/"}', /^bad\.json:1:13: Sluice does not know the dialect/],
    [
      'a remote reference',
      '{"$ref": "https://acme.test/x.json"}',
      /^bad\.json:1:10: \$ref .* is not in the repository/,
    ],
    ['a reference to nowhere', '{"$ref": "#/definitions/x"}', /^bad\.json:1:10: \$ref .* leads nowhere/],
  ])('%s', (_, content, message) => {
    const { status, stderr, stdout } = check(fine(), write('bad.json', content));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
  test('a file that is not there', () => {
    expect(check(fine(), 'none.json')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('none.json') as unknown,
    });
  });
  test('bytes that are no UTF-8: replacing them would make different files the same', () => {
    for (const [name, last] of [
      ['e-acute.json', 0xe9],
      ['e-grave.json', 0xe8],
    ] as const)
      writeFileSync(join(folder, name), Buffer.from([...Buffer.from('{"enum":["caf'), last, ...Buffer.from('"]}')]));
    const { status, stderr } = check('e-acute.json', 'e-grave.json');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'e-acute.json: The file is not UTF-8 text. Save it as UTF-8\n',
    });
  });
  test('what the operating system does not give is told in one line', () => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    symlinkSync('loop.json', join(folder, 'loop.json'));
    for (const [given, message] of [
      [['loop.json', fine()], /^loop\.json: This link leads back to itself\. .*\n$/],
      [['--pairs', 'sub'], /^sub: This is a folder\. .*\n$/],
    ] as const) {
      const { status, stderr } = check(...given);
      expect({ given, status }).toEqual({ given, status: 2 });
      expect(stderr).toMatch(message);
    }
  });
  test('a path out of this folder is shown whole', () => {
    expect(check('/dev/null', fine()).stderr).toMatch(/^\/dev\/null:1:1: This is not JSON/);
  });
  test('usage: one file, an unknown mode, an unknown option', () => {
    expect(check(fine()).status).toBe(2);
    expect(check(fine(), fine(), '--mode', 'SIDEWAYS').status).toBe(2);
    expect(check(fine(), fine(), '--colour').status).toBe(2);
    expect(check('--pairs', fine(), fine()).status).toBe(2);
  });
  test('help explains the exit codes, and exits with 0', () => {
    const { status, stdout } = check('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/0 +compatible[\s\S]*1 +breaking, or undecided[\s\S]*2 +bad input or usage/);
  });
});

describe('a file of pairs', () => {
  test('is answered line by line, in order, with witnesses', () => {
    const pairs = write(
      'pairs.jsonl',
      [
        JSON.stringify({ id: 'b', old: { type: 'integer' }, new: { type: 'number' } }),
        JSON.stringify({ id: 1, old: '{"minLength": 1}', new: true, draft: '2020-12', other: 1 }),
        '',
        JSON.stringify({
          id: 'f',
          old: { type: 'string', format: 'ipv4' },
          new: { type: 'string', minLength: 1 },
          format_assert: false,
        }),
      ].join('\n'),
    );
    const { status, stdout } = check('--pairs', pairs);
    expect(status).toBe(1);
    expect(lines(stdout)).toEqual([
      {
        id: 'b',
        backward: { verdict: 'compatible' },
        forward: expect.objectContaining({ verdict: 'breaking' }) as unknown,
        ms: expect.any(Number) as unknown,
      },
      {
        id: 1,
        backward: { verdict: 'compatible' },
        forward: expect.objectContaining({ witness: '' }) as unknown,
        ms: expect.any(Number) as unknown,
      },
      {
        id: 'f',
        backward: expect.objectContaining({ verdict: 'breaking' }) as unknown,
        forward: expect.anything() as unknown,
        ms: expect.any(Number) as unknown,
      },
    ]);
  });
  test('a bad line gets an error in its place, the others their answers, and the whole exits with 2', () => {
    const pairs = write(
      'pairs.jsonl',
      [
        '{"id": 1, "old": true, "new": true}',
        '{"id": 2',
        '{"id": 3, "old": true}',
        '{"id": 4, "old": true, "new": true, "draft": "5"}',
        '{"id": 5, "old": true, "new": true}',
        '{"id": 6, "old": true, "new": true, "format_assert": "yes"}',
        '{"id": 7, "old": true, "new": true, "format_assert": null}',
      ].join('\n'),
    );
    const { status, stdout } = check('--pairs', pairs);
    expect(status).toBe(2);
    expect(lines(stdout)).toMatchObject([
      { id: 1, backward: { verdict: 'compatible' } },
      { id: null, line: 2, error: expect.stringContaining('not JSON') as unknown },
      { id: 3, line: 3, error: '"new" is missing' },
      { id: 4, line: 4, error: expect.stringContaining('draft') as unknown },
      { id: 5, backward: { verdict: 'compatible' } },
      { id: 6, line: 6, error: '"format_assert" "yes" is neither true nor false' },
      { id: 7, backward: { verdict: 'compatible' } },
    ]);
  });
  test('a line with a name given twice is a bad line, wherever the name is: readers differ on which of them counts', () => {
    const pairs = write(
      'pairs.jsonl',
      [
        '{"id": 1, "old": false, "old": true, "new": false}',
        '{"id": 2, "old": {"type": "string"}, "new": {"properties": {"a": {"type": "string", "typ\\u0065": "number"}}}}',
        '{"id": 3, "old": {"enum": [{"a": 1}, {"a": 1}]}, "new": {"const": "\\"type\\": \\"type\\":"}}',
        '{"id": 4, "id": 5, "old": true, "new": true}',
      ].join('\n'),
    );
    const { status, stdout } = check('--pairs', pairs);
    expect(status).toBe(2);
    expect(lines(stdout)).toMatchObject([
      { id: 1, line: 1, error: '"old" is there twice in one object' },
      { id: 2, line: 2, error: '"type" is there twice in one object' },
      { id: 3, backward: { verdict: 'breaking' } },
      { id: 5, line: 4, error: '"id" is there twice in one object' },
    ]);
  });
  test('a line that is no UTF-8 is a bad line, and a line separator inside of a text ends no line', () => {
    const [first, last] = ['{"id":1,"old":{"const":"', '"},"new":true}\n'].map((text) => Buffer.from(text));
    if (first === undefined || last === undefined) throw new Error('two texts give two buffers');
    const bytes = [first, Buffer.from([0xe9]), last, first, Buffer.from('\u2028'), last];
    writeFileSync(join(folder, 'bytes.jsonl'), Buffer.concat(bytes));
    const { status, stdout } = check('--pairs', 'bytes.jsonl');
    expect(status).toBe(2);
    expect(lines(stdout)).toMatchObject([
      { id: null, line: 1, error: 'this is not UTF-8' },
      { id: 1, backward: { verdict: 'compatible' } },
    ]);
  });
  test('numbers that JavaScript rounds are never called compatible with their neighbours', () => {
    const pairs = write(
      'pairs.jsonl',
      '{"id": 1, "old": {"const": 9007199254740993}, "new": {"const": 9007199254740992}}\n{"id": 2, "old": {"maximum": 1e400}, "new": {"maximum": 1}}',
    );
    const [first, second] = lines(check('--pairs', pairs).stdout);
    expect(first).toMatchObject({ backward: { verdict: 'undecided' }, forward: { verdict: 'undecided' } });
    expect(second).toMatchObject({ backward: { verdict: 'undecided' } });
  });
  test('what cannot be read is undecided with the reason', () => {
    const pairs = write(
      'pairs.jsonl',
      [
        JSON.stringify({ id: 'none', old: { type: 'strin' }, new: true }),
        `{"id": "deep", "old": ${'{"not":'.repeat(10_000)}{}${'}'.repeat(10_000)}, "new": true}`,
        JSON.stringify({ id: 'remote', old: { $ref: 'https://acme.test/x.json' }, new: { type: 'string' } }),
      ].join('\n'),
    );
    const answers = lines(check('--pairs', pairs).stdout);
    expect(answers.map(({ id }) => id)).toEqual(['none', 'deep', 'remote']);
    for (const answer of answers)
      expect(answer['backward']).toMatchObject({ verdict: 'undecided', reason: expect.any(String) as unknown });
  });
  test('many pairs fit into the memory of a few: what a pair needs is given back', () => {
    // Texts and names of its own for each: whatever is kept of any of them would add up.
    const pair = (id: number): string => {
      const old = { title: `schema ${id}`, description: String(1_000 + id).repeat(12_000), minimum: id };
      return JSON.stringify({ id, old, new: { ...old, minimum: id + 1 } });
    };
    const pairs = write('many.jsonl', [...Array(1_000).keys()].map(pair).join('\n'));
    // Megabytes; the texts alone are 96 of them.
    const given = ['--max-old-space-size=64', program, 'check', '--pairs', pairs];
    const { status, stdout } = spawnSync(process.execPath, given, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    });
    expect(status).toBe(1);
    expect(stdout.match(/"verdict":"breaking"/g)).toHaveLength(1_000);
  }, 300_000);
  test('a file that is not there exits with 2', () => {
    expect(check('--pairs', 'none.jsonl')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('none.jsonl') as unknown,
    });
  });
});
