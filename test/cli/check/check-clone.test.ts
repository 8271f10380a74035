import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CloneOptions, checkClone } from '../../../cli/check/check-clone.ts';
import { openClone } from '../../../cli/history/clone.ts';
import { noPaint } from '../../../core/rendering/terminal.ts';
import { claim280, claim290, claim300, claimPath } from '../../core/review/claim-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-clone-'));
  git('init', '--quiet', '--initial-branch=main');
  put(claimPath, claim280);
  put('.gitignore', 'ignored/\n');
  commit('first');
  git('switch', '--quiet', '--create', 'topic');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...parameters: string[]): string {
  const identity = [
    '-c',
    'user.name=developer',
    '-c',
    'user.email=developer@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', ['-C', folder, ...identity, ...parameters], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

async function check(base = 'main', format: CloneOptions['format'] = 'text'): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await checkClone(folder, base, { format, paint: noPaint, width: 120 }, (part) => {
    text += part;
  });
  return { code, text };
}

describe('checkClone', () => {
  it('is silent about what did not change', async () => {
    put('README.md', 'x');
    expect(await check()).toEqual({ code: 0, text: '0 changed schemas, 0 of them not compatible\n' });
  });

  it('refuses a schema whose name is no UTF-8, and no other file for its name', async () => {
    const named = (name: string) => Buffer.from(join(folder, name), 'latin1');
    writeFileSync(named('caf\u00e9.txt'), 'x');
    expect((await check()).code).toBe(0);
    writeFileSync(named('caf\u00e9.json'), '{}');
    await expect(check()).rejects.toThrow(/^caf\ufffd\.json: The name of the file is not UTF-8 text\. /);
  });

  it('sees what is committed, what is staged, and what is only on disk', async () => {
    put(claimPath, claim290);
    commit('2.9.0');
    expect(await check()).toMatchObject({ code: 0, text: expect.stringContaining('2.8.0 → 2.9.0  is compatible') });
    put(claimPath, claim300);
    const breaking = await check();
    expect(breaking.code).toBe(1);
    expect(breaking.text).toMatchInlineSnapshot(`
      "✖ insurance-claim 2.8.0 → 3.0.0  breaks stored records  schemas/insurance-claim.json
           9  policy_number  becomes required  breaks services on 3.0.0 that read old records
          16  claim_amount   string → number  breaks services on 3.0.0 that read old records
              witness {"claim_id":""}
                valid under 2.8.0; under 3.0.0, it must have required property 'policy_number'.
              instead: Leave policy_number optional, fill it in every record, and require it in a later major version.
              instead: Add a new property of the new type, fill it from claim_amount, and retire claim_amount in a later major
                       version.
              version: 3.0.0 is right (major).
              and 1 compatible change
      1 changed schema, 1 of them not compatible
      "
    `);
    git('add', '--all');
    expect(await check()).toEqual(breaking);
    put('schemas/new.json', '{"type": "object"}');
    put('ignored/schemas/none.json', '{');
    expect((await check()).text).toContain('✔ new   is new');
  });

  it('compares with where the branch began, not with what came to the base since', async () => {
    git('switch', '--quiet', 'main');
    put('schemas/other.json', '{"type": "object"}');
    commit('something else');
    git('switch', '--quiet', 'topic');
    expect((await check()).text).toBe('0 changed schemas, 0 of them not compatible\n');
  });

  it('takes the rules from the base', async () => {
    git('switch', '--quiet', 'main');
    put('.github/sluice.yml', 'schemas: [{ files: schemas/**, compatibility: NONE }]\n');
    commit('rules');
    git('switch', '--quiet', 'topic');
    put(claimPath, claim300);
    expect((await check()).code).toBe(0);
  });

  it('finds a schema that was taken away, and one whose file moved', async () => {
    rmSync(join(folder, claimPath));
    expect(await check()).toMatchObject({ code: 1, text: expect.stringContaining('is removed') });
    put('schemas/moved/insurance-claim.json', claim290);
    expect(await check()).toMatchObject({ code: 0, text: expect.stringContaining('is compatible') });
  });

  it('says where a file is broken', async () => {
    put(claimPath, '{\n  "type": }');
    const { code, text } = await check();
    expect(code).toBe(2);
    expect(text).toContain(`${claimPath}:2:`);
  });

  it('follows no link out of the repository', async () => {
    symlinkSync('/etc/hostname', join(folder, 'schemas', 'link.json'));
    expect((await check()).code).not.toBe(1);
    expect((await check()).text).not.toContain('Expected');
  });

  it('gives the report as JSON and as markdown, too', async () => {
    put(claimPath, claim300);
    expect(JSON.parse((await check('main', 'json')).text)).toMatchObject({
      format: 1,
      verdict: 'breaking',
      breakingCount: 2,
    });
    expect((await check('main', 'markdown')).text).toContain(
      '### ✖ `insurance-claim` 2.8.0 → 3.0.0 breaks stored records',
    );
  });

  it('says what is wrong with the base', async () => {
    await expect(check('nowhere')).rejects.toThrow('This clone has no commit `nowhere`. Check the name, and run');
    await expect(check('--help')).rejects.toThrow('This clone has no commit `--help`.');
    await expect(check('')).rejects.toThrow('This clone has no commit ``.');
    await expect(check('x'.repeat(3_000))).rejects.toThrow(/^.{0,400}$/s);
  });

  it('says so where there is no clone, no files, or nothing in common with the base', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'sluice-none-'));
    const at = (where: string, base: string) =>
      checkClone(where, base, { format: 'text', paint: noPaint, width: 120 }, () => undefined);
    try {
      await expect(at(elsewhere, 'main')).rejects.toThrow('This folder is not in a clone with files. Change to');
      await expect(at(join(folder, '.git'), 'main')).rejects.toThrow('This folder is not in a clone with files.');
      execFileSync('git', ['init', '--quiet', elsewhere]);
      await expect(at(elsewhere, 'main')).rejects.toThrow('This clone has no commit `main`.');
      git('switch', '--quiet', '--orphan', 'lone');
      await expect(check()).rejects.toThrow('This clone has no commit yet.');
      put('a.txt', 'x');
      commit('alone');
      await expect(check()).rejects.toThrow('This branch and `main` have no commit in common.');
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it('exits as the Action does where the configuration says `fail-on: never`, unless told otherwise', async () => {
    git('switch', '--quiet', 'main');
    put('.github/sluice.yml', 'fail-on: never\n');
    commit('rules');
    git('switch', '--quiet', '--create', 'other');
    put(claimPath, claim300);
    const breaking = await check();
    expect(breaking).toMatchObject({ code: 0, text: expect.stringContaining('breaks stored records') });
    const asked = { format: 'text', paint: noPaint, width: 120 } as const;
    expect(await checkClone(folder, 'main', { ...asked, failOn: 'breaking' }, () => undefined)).toBe(1);
    put('migrations/1.sql', 'CREATE INDEX by_amount ON claims (amount);\n');
    expect((await check()).code).toBe(0);
    put('migrations/1.sql', 'CREATE INDEX by_amount\n');
    expect((await check()).code).toBe(1);
    rmSync(join(folder, 'migrations/1.sql'));
    put(claimPath, '{');
    expect((await check()).code).toBe(2);
  });

  it('exits with 0 for a break when it is told to', async () => {
    put(claimPath, claim300);
    const asked = { format: 'text', paint: noPaint, width: 120 } as const;
    expect(await checkClone(folder, 'main', asked, () => undefined)).toBe(1);
    expect(await checkClone(folder, 'main', { ...asked, failOn: 'never' }, () => undefined)).toBe(0);
  });

  it('says that a shallow clone does not reach back far enough', async () => {
    put('a.txt', 'x');
    commit('second');
    const shallow = mkdtempSync(join(tmpdir(), 'sluice-shallow-'));
    try {
      execFileSync('git', ['clone', '--quiet', '--depth=1', '--no-single-branch', `file://${folder}`, shallow], {
        stdio: 'ignore',
      });
      const checked = checkClone(
        shallow,
        'origin/main',
        { format: 'text', paint: noPaint, width: 120 },
        () => undefined,
      );
      await expect(checked).rejects.toThrow(/This clone is shallow, .*`origin\/main`\. `git fetch --unshallow` brings/);
      await expect(openClone(shallow)).rejects.toThrow(
        'This clone is shallow: the commits that would tell the history',
      );
    } finally {
      rmSync(shallow, { recursive: true, force: true });
    }
  });

  it.each(['text', 'markdown', 'html', 'json'] as const)('judges SQL migrations too, in %s', async (format) => {
    put('migrations/1.sql', 'CREATE INDEX by_amount ON claims (amount);\n');
    const { code, text } = await check('main', format);
    expect(code).toBe(1);
    expect(text).toContain('create-index');
    expect(text).toContain('Nobody can write to the table while the index is built.');
    put(
      'migrations/1.sql',
      '-- sluice:irreversible: an extension may stay\nCREATE EXTENSION IF NOT EXISTS pgcrypto;\n',
    );
    expect((await check('main', format)).code).toBe(0);
  });
});
