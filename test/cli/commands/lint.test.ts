import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lintCommand, lintExitCode } from '../../../cli/commands/lint.ts';
import type { Finding } from '../../../core/sql/finding.ts';
import { createTestDatabase } from '../../support/postgres.ts';

const run = promisify(execFile);
let folder: string;
let before: string;

beforeEach(async () => {
  before = process.cwd();
  folder = await mkdtemp(join(tmpdir(), 'sluice-lint-'));
  await mkdir(join(folder, 'migrations'));
  process.chdir(folder);
});

afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true, force: true });
});

/** What the command prints and tells the shell. */
async function lint(...parameters: string[]): Promise<{ output: string; complaint: string; code: number }> {
  const printed = { output: '', complaint: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed.output += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((printed.complaint += String(text)), true)),
  ];
  const exit = process.exitCode;
  try {
    await lintCommand().parseAsync(['node', 'lint', ...parameters]);
    return { ...printed, code: Number(process.exitCode) };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = exit;
  }
}

const clean = '-- sluice:irreversible: an extension may stay\nCREATE EXTENSION IF NOT EXISTS pgcrypto;\n';

describe('sluice lint', () => {
  it('says where, what and what instead, and ends with the count', async () => {
    await writeFile('migrations/1.sql', 'SELECT 1;\nCREATE INDEX i ON users (email);\n');
    const { output, code } = await lint('migrations');
    expect(code).toBe(lintExitCode.findings);
    expect(output).toContain('✖ error  migrations/1.sql:2:1  create-index\n');
    expect(output).toContain('It takes SHARE on users, which blocks writes while the index is built.');
    expect(output).toContain('    CREATE INDEX CONCURRENTLY i ON users (email);');
    expect(output).toMatch(/\n1 SQL file: 1 error, \d warnings, \d pieces of advice\.\n$/);
  });

  it('passes a clean file', async () => {
    await writeFile('migrations/1.sql', clean);
    const { output, code } = await lint('migrations/1.sql');
    expect(output).toBe('1 SQL file: nothing found.\n');
    expect(code).toBe(lintExitCode.clean);
  });

  it('lets warnings pass unless it is strict', async () => {
    await writeFile('migrations/1.sql', `${clean}DROP VIEW IF EXISTS v;\n`);
    expect((await lint('migrations')).code).toBe(lintExitCode.clean);
    expect((await lint('migrations', '--strict')).code).toBe(lintExitCode.findings);
    expect((await lint('migrations', '--rule', 'drop-view=error')).code).toBe(lintExitCode.findings);
    expect((await lint('migrations', '--strict', '--rule', 'drop-view=off')).output).not.toContain('drop-view');
  });

  it('reads the rollback beside the file', async () => {
    await writeFile('migrations/1.up.sql', 'ALTER TABLE users ADD COLUMN nick text;\n');
    expect((await lint('migrations')).output).toContain('missing-rollback');
    await writeFile('migrations/1.down.sql', 'ALTER TABLE users DROP COLUMN nick;\n');
    expect((await lint('migrations')).output).not.toContain('missing-rollback');
  });

  it('prints JSON and SARIF that a machine can read', async () => {
    await writeFile('migrations/1.sql', 'DROP TABLE a;\n');
    const json = JSON.parse((await lint('migrations', '--format', 'json')).output) as {
      files: number;
      findings: Finding[];
    };
    expect(json.files).toBe(1);
    expect(json.findings.map(({ rule }) => rule)).toContain('drop-table');
    const sarif = JSON.parse((await lint('migrations', '--format', 'sarif')).output) as { version: string };
    expect(sarif.version).toBe('2.1.0');
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from('{"accepted":[{"fingerprint":"\xff"}]}', 'latin1'), 'is not UTF-8 text'],
    ['no JSON', 'accepted', 'The file is no baseline'],
    ['no list', '{"accepted":{}}', 'The file is no baseline'],
    ['an entry without a fingerprint', '{"accepted":[{"rule":"create-index"}]}', 'The file is no baseline'],
  ])('refuses a baseline that holds %s', async (_, content, complaint) => {
    await writeFile('migrations/1.sql', clean);
    await writeFile('baseline.json', content);
    const refused = await lint('migrations', '--baseline', 'baseline.json');
    expect(refused).toMatchObject({ code: lintExitCode.badInput, output: '' });
    expect(refused.complaint).toMatch(/^baseline\.json: /);
    expect(refused.complaint).toContain(complaint);
  });

  it('accepts what a baseline holds, and fails for what is new', async () => {
    await writeFile('migrations/1.sql', 'CREATE INDEX i ON users (email);\n');
    expect((await lint('migrations', '--write-baseline', 'baseline.json')).code).toBe(lintExitCode.clean);
    expect((await lint('migrations', '--baseline', 'baseline.json')).output).toBe('1 SQL file: nothing found.\n');
    await writeFile('migrations/2.sql', 'CREATE INDEX j ON users (name);\n');
    expect((await lint('migrations', '--baseline', 'baseline.json')).code).toBe(lintExitCode.findings);
    expect(await readFile('baseline.json', 'utf8')).toContain('create-index');
  });

  it('finds changed and out-of-order migrations in a clone', async () => {
    const git = (...parameters: string[]) =>
      run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...parameters]);
    await git('init', '-q');
    await writeFile('migrations/10.sql', clean);
    await writeFile('migrations/20.sql', clean);
    await git('add', '.');
    await git('commit', '-qm', 'first');
    await writeFile('migrations/10.sql', `${clean}SELECT 1;\n`);
    await writeFile('migrations/15.sql', clean);
    await writeFile('migrations/30.sql', clean);
    const { output, code } = await lint('migrations', '--base', 'HEAD');
    expect(code).toBe(lintExitCode.findings);
    expect(output).toMatch(/migrations\/10\.sql:\d+:\d+ {2}applied-file-changed/);
    expect(output).toMatch(/migrations\/15\.sql:\d+:\d+ {2}out-of-order/);
    expect(output).not.toContain('migrations/20.sql');
    expect(output).not.toContain('migrations/30.sql');
    const unknown = await lint('migrations', '--base', 'nowhere');
    expect(unknown).toMatchObject({
      code: lintExitCode.badInput,
      complaint: expect.stringContaining('nowhere') as string,
    });
  });

  it('asks a live database how large tables are, and never shows its address', async () => {
    const { pool, url } = await createTestDatabase();
    await pool.query('CREATE TABLE users (id bigint PRIMARY KEY, email text); ANALYZE users');
    await writeFile('migrations/1.sql', 'CREATE INDEX i ON users (email);\n');
    process.env['SLUICE_DATABASE_LINT_TEST'] = url;
    try {
      const { output, code } = await lint('migrations', '--database', 'lint-test');
      expect(output).toContain('· advice  migrations/1.sql:1:1  create-index');
      expect(code).toBe(lintExitCode.clean);
      process.env['SLUICE_DATABASE_LINT_TEST'] = 'postgres://someone:secret@127.0.0.1:1/none';
      const refused = await lint('migrations', '--database', 'lint-test');
      expect(refused.code).toBe(lintExitCode.badInput);
      expect(refused.complaint).toContain('SLUICE_DATABASE_LINT_TEST');
      expect(refused.complaint).not.toContain('secret');
    } finally {
      delete process.env['SLUICE_DATABASE_LINT_TEST'];
    }
    expect((await lint('migrations', '--database', 'lint-test')).complaint).toContain('Set SLUICE_DATABASE_LINT_TEST');
  });

  it.each([
    ['a file that is not there', ['nowhere.sql']],
    ['a rule that does not exist', ['migrations', '--rule', 'no-such-rule=off']],
    ['a server that is too old', ['migrations', '--server-version', '9']],
    ['a baseline that is not there', ['migrations', '--baseline', 'nowhere.json']],
    ['a baseline that is a folder', ['migrations', '--baseline', 'migrations']],
    ['a new baseline in a folder that is not there', ['migrations', '--write-baseline', 'nowhere/baseline.json']],
  ])('calls %s bad input', async (_, parameters) => {
    await writeFile('migrations/1.sql', clean);
    const { code, complaint } = await lint(...parameters);
    expect(code).toBe(lintExitCode.badInput);
    expect(complaint).toMatch(/\. .+\n$/);
  });

  it('calls a folder without migrations bad input, as it would pass for ever', async () => {
    expect((await lint('migrations')).code).toBe(lintExitCode.badInput);
  });

  it('calls a file that is not UTF-8 bad input, with its path', async () => {
    await writeFile('migrations/1.sql', Buffer.from([0x53, 0xff, 0xfe]));
    const { code, complaint } = await lint('migrations');
    expect(code).toBe(lintExitCode.badInput);
    expect(complaint).toContain('migrations/1.sql');
  });

  it('prints nothing of a migration that could steer the terminal', async () => {
    await writeFile('migrations/1.sql', 'DROP TABLE "a\u001b[2Jb";\n');
    const { output } = await lint('migrations');
    expect(output).toContain('⟨U+001B⟩');
    expect(output).not.toContain('\u001b');
  });
});
