import { describe, expect, it } from 'vitest';
import { InputError } from '../../../core/input-error.ts';
import type { ChangedFile, Tree } from '../../../core/review/review.ts';
import { reviewSql } from '../../../core/sql/review-sql.ts';
import { failuresOf } from '../../../core/sql/sql-review.ts';
import { defaultSqlSettings, type SqlSettings } from '../../../core/sql/sql-settings.ts';

function treeOf(files: Readonly<Record<string, string>>): Tree & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    commit: 'c',
    asked,
    read: async (path) => {
      asked.push(path);
      return files[path];
    },
    list: async () => {
      asked.push('*');
      return Object.keys(files);
    },
  };
}

const harmless = '-- sluice:irreversible: nothing to undo\nCREATE EXTENSION IF NOT EXISTS citext;';
const base = { 'migrations/claims/1.sql': harmless, 'migrations/claims/3.sql': harmless, 'schemas/a.json': '{}' };

async function review(
  head: Readonly<Record<string, string>>,
  changed: readonly ChangedFile[],
  settings: Partial<SqlSettings> = {},
  before: Readonly<Record<string, string>> = base,
) {
  const trees = { base: treeOf(before), head: treeOf({ ...before, ...head }) };
  return reviewSql(trees, changed, { ...defaultSqlSettings, ...settings });
}

async function rulesOf(...parameters: Parameters<typeof review>) {
  const { findings = [] } = (await review(...parameters)) ?? {};
  return findings.map(({ rule, place }) => `${place.path} ${rule}`);
}

const added = (...paths: string[]) => paths.map((path) => ({ path, status: 'added' }) as const);

describe('the migrations of a pull request', () => {
  it('are not looked for in the trees when no SQL file changed', async () => {
    const trees = { base: treeOf(base), head: treeOf(base) };
    const changed = [{ path: 'schemas/a.json', status: 'modified' }] as const;
    expect(await reviewSql(trees, changed, defaultSqlSettings)).toBeUndefined();
    expect([...trees.base.asked, ...trees.head.asked]).toEqual([]);
  });

  it('are linted with the rollback beside them', async () => {
    const path = 'migrations/claims/4.sql';
    const up = 'ALTER TABLE claims ADD COLUMN note text;';
    expect(await rulesOf({ [path]: up }, added(path))).toContain(`${path} missing-rollback`);
    const down = { 'migrations/claims/4.down.sql': 'ALTER TABLE claims DROP COLUMN note;' };
    expect(await rulesOf({ [path]: up, ...down }, added(path))).not.toContain(`${path} missing-rollback`);
  });

  it('must come after those on the base branch', async () => {
    const path = 'migrations/claims/2.sql';
    expect(await rulesOf({ [path]: harmless }, added(path))).toEqual([`${path} out-of-order`]);
    const last = 'migrations/claims/10.sql';
    expect(await rulesOf({ [last]: harmless }, added(last))).toEqual([]);
  });

  it('must not change or move once they are on the base branch', async () => {
    const path = 'migrations/claims/1.sql';
    const edited = { [path]: `${harmless}\nSELECT 1;` };
    expect(await rulesOf(edited, [{ path, status: 'modified' }])).toContain(`${path} applied-file-changed`);
    const moved = 'migrations/claims/5.sql';
    const renamed = [{ path: moved, previousPath: path, status: 'renamed' }] as const;
    expect(await rulesOf({ [moved]: harmless }, renamed)).toEqual([`${moved} applied-file-changed`]);
  });

  it('lie where the configuration says, in several places too', async () => {
    const head = { 'db/1.sql': 'DROP TABLE a;', 'sql/.old/1.sql': 'DROP TABLE a;' };
    expect(await review(head, added('db/1.sql'))).toBeUndefined();
    expect(await rulesOf(head, added('db/1.sql', 'sql/.old/1.sql'), { files: ['db/*.sql', 'sql/**'] })).toEqual(
      expect.arrayContaining(['db/1.sql drop-table', 'sql/.old/1.sql drop-table']),
    );
  });

  it('come in the order in which they run', async () => {
    const head = { 'migrations/b/10.sql': harmless, 'migrations/b/9.sql': harmless, 'migrations/a/2.sql': harmless };
    expect((await review(head, added(...Object.keys(head))))?.files).toEqual([
      'migrations/a/2.sql',
      'migrations/b/9.sql',
      'migrations/b/10.sql',
    ]);
  });

  it('carry the statement that each finding is about', async () => {
    const path = 'migrations/claims/4.sql';
    const sql = `${harmless}\nCREATE  INDEX\n  claims_number ON claims (number);`;
    const { findings = [], rules = [] } = (await review({ [path]: sql }, added(path))) ?? {};
    const found = findings.find(({ rule }) => rule === 'create-index');
    expect(found).toMatchObject({ statement: 'CREATE INDEX claims_number ON claims (number)', place: { line: 3 } });
    expect(rules).toContainEqual(expect.objectContaining({ id: 'create-index', severity: 'error' }));
  });
});

describe('what a migration knows of those before it', () => {
  const later = 'migrations/claims/5.sql';
  const index = '-- sluice:irreversible: drop the table\nCREATE INDEX notes_text ON notes (text);';

  it('is that a table of the same pull request is new', async () => {
    const table = `CREATE TABLE notes (id bigint PRIMARY KEY, text text);`;
    const head = { 'migrations/claims/4.sql': table, [later]: index };
    expect(await rulesOf(head, added('migrations/claims/4.sql', later))).not.toContain(`${later} create-index`);
    expect(await rulesOf(head, added(later))).toContain(`${later} create-index`);
    const elsewhere = { 'migrations/other/4.sql': table, [later]: index };
    expect(await rulesOf(elsewhere, added('migrations/other/4.sql', later))).toContain(`${later} create-index`);
  });

  const notNull = `-- sluice:irreversible: none\nALTER TABLE claims ALTER COLUMN number SET NOT NULL;`;
  const check = `ALTER TABLE claims ADD CONSTRAINT n CHECK (number IS NOT NULL) NOT VALID;`;
  const validate = `ALTER TABLE claims VALIDATE CONSTRAINT n;`;

  it('is a constraint that was validated on the base branch', async () => {
    const before = { 'migrations/claims/1.sql': check, 'migrations/claims/2.sql': validate };
    expect(await rulesOf({ [later]: notNull }, added(later), {}, before)).not.toContain(`${later} set-not-null`);
    const dropped = { ...before, 'migrations/claims/3.sql': 'ALTER TABLE claims DROP CONSTRAINT n;' };
    expect(await rulesOf({ [later]: notNull }, added(later), {}, dropped)).toContain(`${later} set-not-null`);
    const elsewhere = { 'migrations/other/1.sql': check, 'migrations/other/2.sql': validate };
    expect(await rulesOf({ [later]: notNull }, added(later), {}, elsewhere)).toContain(`${later} set-not-null`);
  });

  it.each([
    ['a file that cannot be parsed', 'SELEC 1;'],
    ['SQL that is put together at run time', `DO $$ BEGIN EXECUTE 'x' || 'y'; END $$;`],
    ['a schema dropped', 'DROP SCHEMA other CASCADE;'],
  ])('is nothing from before %s', async (_, text) => {
    const known = { 'migrations/claims/1.sql': check, 'migrations/claims/2.sql': validate };
    const before = { ...known, 'migrations/claims/3.sql': text };
    expect(await rulesOf({ [later]: notNull }, added(later), {}, before)).toContain(`${later} set-not-null`);
  });

  it('is not that a table of the base branch is new', async () => {
    const before = {
      'migrations/claims/1.sql': 'CREATE TABLE IF NOT EXISTS notes (id bigint PRIMARY KEY, text text);',
    };
    expect(await rulesOf({ [later]: index }, added(later), {}, before)).toContain(`${later} create-index`);
    const again = `CREATE TABLE IF NOT EXISTS notes (id bigint PRIMARY KEY);\n${index}`;
    expect(await rulesOf({ [later]: again }, added(later), {}, before)).toContain(`${later} create-index`);
  });
});

describe('what lets a finding pass', () => {
  const path = 'migrations/claims/4.sql';
  const dangerous = { [path]: `${harmless}\nCREATE INDEX claims_number ON claims (number);` };
  const waiver = { rule: 'create-index', files: 'migrations/**', reason: 'the table is empty' };

  it('is a waiver with a reason, which is shown', async () => {
    const strict = await review(dangerous, added(path));
    expect(strict && failuresOf(strict)).toBe(1);
    const waived = await review(dangerous, added(path), { waivers: [waiver] });
    expect(waived && failuresOf(waived)).toBe(0);
    expect(waived?.findings).toContainEqual(
      expect.objectContaining({ rule: 'create-index', waived: 'the table is empty' }),
    );
  });

  it('is a setting', async () => {
    const off = await review(dangerous, added(path), { severities: { 'create-index': 'off' } });
    expect(off?.findings.map(({ rule }) => rule)).not.toContain('create-index');
    const never = await review(dangerous, added(path), { failOn: 'never' });
    expect(never && failuresOf(never)).toBe(0);
    const warned = { severities: { 'create-index': 'warning' as const } };
    const lenient = await review(dangerous, added(path), warned);
    expect(lenient && failuresOf(lenient)).toBe(0);
    const strict = await review(dangerous, added(path), { ...warned, failOn: 'warning' });
    expect(strict && failuresOf(strict)).toBeGreaterThan(0);
  });

  it('is nothing when PostgreSQL does not understand the file', async () => {
    const broken = await review({ [path]: 'ALTER TABEL claims;' }, added(path), {
      failOn: 'never',
      severities: { 'syntax-error': 'off' },
      waivers: [{ ...waiver, rule: 'syntax-error' }],
    });
    expect(broken?.findings).toMatchObject([
      { rule: 'syntax-error', severity: 'error', place: { line: 1, column: 7 } },
    ]);
    expect(broken && failuresOf(broken)).toBe(1);
  });

  it('is nothing when a file cannot be read', async () => {
    const large = await review({ [path]: `-- ${'x'.repeat(2 * 1024 * 1024)}` }, added(path), { failOn: 'never' });
    expect(large).toMatchObject({ findings: [], problems: [{ place: { path } }] });
    expect(large && failuresOf(large)).toBe(1);
    const trees = { base: treeOf({}), head: treeOf({ [path]: '' }) };
    const head = {
      ...trees.head,
      read: () => Promise.reject(new InputError('is not UTF-8 text', { remedy: 'Save.' })),
    };
    const binary = await reviewSql({ ...trees, head }, added(path), defaultSqlSettings);
    expect(binary).toMatchObject({ problems: [{ problem: 'is not UTF-8 text', place: { path } }] });
  });
});
