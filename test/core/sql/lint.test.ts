import { describe, expect, it } from 'vitest';
import { InputError } from '../../../core/input-error.ts';
import { type LintOptions, lintSql } from '../../../core/sql/lint.ts';

const path = 'migrations/1_add.sql';

async function places(text: string, options: LintOptions = {}) {
  const findings = await lintSql({ path, text }, options);
  return findings.map(({ rule, place }) => `${place.line}:${place.column} ${rule}`);
}

async function rulesOf(text: string, options: LintOptions = {}): Promise<string[]> {
  return (await lintSql({ path, text }, options)).map(({ rule }) => rule);
}

describe('places', () => {
  it('count columns in UTF-16 units, although the parser counts bytes', async () => {
    const text = "SELECT 'ünïcode', '😀'; ALTER TABLE users ADD COLUMN z json;";
    expect(await places(text)).toContain(`1:${text.indexOf('json') + 1} json-type`);
  });

  it('point to the part of an ALTER TABLE that is meant', async () => {
    const text = `ALTER TABLE ONLY public."users"
  ADD COLUMN a numeric(10, 2) DEFAULT round(1, 2),
  ADD COLUMN "b" text,
  ALTER COLUMN c SET NOT NULL,
  DROP CONSTRAINT d;`;
    expect(await places(text)).toEqual(expect.arrayContaining(['4:3 set-not-null', '5:3 drop-constraint']));
  });

  it('skip the comments before a statement', async () => {
    expect(await places('-- why\n/* and\n how */\n  DROP TABLE a;')).toContain('4:3 drop-table');
  });

  it('give the line inside a DO block', async () => {
    const text = 'DO $$\nBEGIN\n  DROP TABLE a;\n  IF true THEN\n    DROP TABLE b;\n  END IF;\nEND $$;';
    expect(await places(text)).toEqual(expect.arrayContaining(['3:1 drop-table', '5:1 drop-table']));
  });

  it('say where a syntax error is, also after characters of several bytes', async () => {
    expect(await places("SELECT 'üü😀';\nALTER TABEL x;")).toEqual(['2:7 syntax-error']);
  });

  it('come in the order of the text', async () => {
    const findings = await lintSql({ path, text: 'DROP TABLE a;\nDROP TABLE b;\nTRUNCATE c;' });
    const lines = findings.map(({ place }) => place.line);
    expect(lines).toEqual(lines.toSorted((one, other) => one - other));
  });
});

describe('what a file is', () => {
  it.each(['', '\n', '-- nothing', '/* nothing */;'])('may be empty: %j', async (text) => {
    expect(await rulesOf(text)).toEqual([]);
  });

  it('may lack the last semicolon', async () => {
    expect(await rulesOf('DROP TABLE a;\nDROP TABLE b')).toEqual(await rulesOf('DROP TABLE a;\nDROP TABLE b;'));
  });

  it('may hold semicolons inside a function body', async () => {
    const text = `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\nDROP TABLE b;`;
    expect(await places(text)).toContain('2:1 drop-table');
  });

  it.each([
    ['a NUL', 'SELECT 1;\n-- \0\nDROP TABLE a;', /^2:4 syntax-error$/],
    ['thousands of nested expressions', `SELECT ${'1+'.repeat(50_000)}1;`, /^1:1 syntax-error$/],
    ['thousands of parentheses', `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};`, /^1:\d+ syntax-error$/],
  ])('that cannot be read is an error, never silence: %s', async (_, text, expected) => {
    expect((await places(text)).join('\n')).toMatch(expected);
    expect(await places('DROP TABLE a;')).toContain('1:1 drop-table');
  });

  it('may hold control characters in strings and names, and a byte order mark', async () => {
    const text = '\ufeffSELECT \'\u0001\u001b\', 1 AS "a\u0002b";\f\vDROP TABLE a;';
    expect(await places(text)).toContain('1:27 drop-table');
  });

  it('may hold a deep expression that the parser takes', async () => {
    expect(await rulesOf(`ALTER TABLE a ADD COLUMN b int DEFAULT ${'1+'.repeat(1_000)}random();`)).toContain(
      'add-column-volatile-default',
    );
  });

  it('may have Windows line ends', async () => {
    expect(await places('SELECT 1;\r\nDROP TABLE b;\r\n')).toContain('2:1 drop-table');
  });
});

describe('the rollback', () => {
  const up = 'ALTER TABLE users ADD COLUMN nick text;\n';

  it.each(['-- sluice:down', '-- migrate:down', '-- +goose Down'])('begins at %s', async (marker) => {
    const rules = await rulesOf(`${up}${marker}\nALTER TABLE users DROP COLUMN nick;`);
    expect(rules).not.toContain('drop-column');
    expect(rules).not.toContain('missing-rollback');
  });

  it('is a file of its own, too', async () => {
    const text = 'ALTER TABLE users DROP COLUMN nick;';
    expect((await lintSql({ path: 'migrations/1.down.sql', text })).map(({ rule }) => rule)).not.toContain(
      'drop-column',
    );
    const findings = await lintSql({ path, text: up, downText: text });
    expect(findings.map(({ rule }) => rule)).not.toContain('missing-rollback');
  });

  it('is still asked about its locks, as it runs on the same tables', async () => {
    const text = `${up}-- sluice:down\nCREATE INDEX i ON users (email);\nALTER TABLE users DROP COLUMN nick;`;
    expect(await places(text)).toContain('3:1 create-index');
  });

  it('does not count tables of the migration as new: by then they are in use', async () => {
    const text =
      'CREATE TABLE visits (id bigint PRIMARY KEY, page text);\n-- sluice:down\nCREATE INDEX i ON visits (page);';
    expect(await places(text)).toContain('3:1 create-index');
  });

  it('is not begun by a marker in a string', async () => {
    expect(await rulesOf("INSERT INTO notes VALUES ('\n-- sluice:down\n');\nDROP TABLE a;")).toContain('drop-table');
  });
});

describe('options', () => {
  it('leave out what is set to off, and change severities', async () => {
    const options = { severities: { 'drop-table': 'off', 'undeclared-data-loss': 'error' } } as const;
    const findings = await lintSql({ path, text: 'DROP TABLE a;' }, options);
    expect(findings.map(({ rule }) => rule)).not.toContain('drop-table');
    expect(findings.find(({ rule }) => rule === 'undeclared-data-loss')?.severity).toBe('error');
  });

  it('refuse a rule that does not exist', async () => {
    await expect(lintSql({ path, text: '' }, { severities: { 'drop-tabel': 'off' } })).rejects.toThrow(InputError);
  });

  it.each([9.6, 13, 0])('refuse a server that is not supported: %s', async (serverVersion) => {
    await expect(lintSql({ path, text: '' }, { serverVersion })).rejects.toThrow(InputError);
  });

  it('ask about newer syntax only where the server has it', async () => {
    const text = 'ALTER TABLE orders ALTER COLUMN twice SET EXPRESSION AS (total + total);';
    expect(await rulesOf(text, { serverVersion: 17 })).toContain('set-generated-expression');
    expect(await rulesOf(text, { serverVersion: 16 })).not.toContain('set-generated-expression');
  });

  it('propose what the oldest server understands', async () => {
    const text = 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;';
    const rewrite = async (serverVersion: number) =>
      (await lintSql({ path, text }, { serverVersion })).find(({ rule }) => rule === 'set-not-null')?.rewrite;
    expect(await rewrite(17)).toContain('CHECK (email IS NOT NULL) NOT VALID');
    expect(await rewrite(18)).toContain('NOT NULL email NOT VALID');
  });

  it('take timeouts of the tool into account', async () => {
    const session = { lockTimeout: '200ms', statementTimeout: '5s' };
    const rules = await rulesOf('ALTER TABLE users ADD COLUMN nick text;', { session });
    expect(rules).not.toContain('missing-lock-timeout');
    expect(rules).not.toContain('missing-statement-timeout');
  });

  it('take the transaction of the tool into account, until the file opts out', async () => {
    const text = 'CREATE INDEX CONCURRENTLY i ON users (name);';
    expect(await rulesOf(text)).not.toContain('concurrently-in-transaction');
    expect(await rulesOf(text, { inTransaction: true })).toContain('concurrently-in-transaction');
    const optedOut = `-- +goose NO TRANSACTION\n${text}`;
    expect(await rulesOf(optedOut, { inTransaction: true })).not.toContain('concurrently-in-transaction');
  });
});

describe('a baseline', () => {
  it('accepts what was there, wherever it moves and however it is laid out, and nothing new', async () => {
    const before = await lintSql({ path, text: 'DROP TABLE a;' });
    const baseline = new Set(before.map(({ fingerprint }) => fingerprint));
    const text = '-- a comment\nSELECT 1;\nDROP   TABLE a -- gone\n;\nDROP TABLE b;';
    const after = await lintSql({ path, text }, { baseline });
    const drops = after.filter(({ rule }) => rule === 'drop-table');
    expect(drops.map(({ message }) => message)).toEqual([expect.stringContaining('`b`')]);
  });

  it('accepts a thing once, not its repetition', async () => {
    const before = await lintSql({ path, text: 'TRUNCATE a;' });
    const baseline = new Set(before.map(({ fingerprint }) => fingerprint));
    const after = await lintSql({ path, text: 'TRUNCATE a;\nTRUNCATE a;' }, { baseline });
    expect(after.filter(({ rule }) => rule === 'truncate-table')).toHaveLength(1);
  });
});

describe('what the file knows of itself', () => {
  it('forgets a table that was rolled back', async () => {
    const text = 'BEGIN;\nCREATE TABLE a (id bigint PRIMARY KEY);\nROLLBACK;\nCREATE INDEX i ON a (id);';
    expect(await places(text)).toContain('4:1 create-index');
  });

  it('forgets a table that was dropped', async () => {
    const text = 'CREATE TABLE a (id bigint PRIMARY KEY);\nDROP TABLE a;\nCREATE INDEX i ON a (id);';
    expect(await places(text)).toContain('3:1 create-index');
  });

  it('knows a new table by its schema or without, and does not take another schema for it', async () => {
    const text =
      'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE INDEX i ON public.a (id);\nCREATE INDEX j ON other.a (id);';
    const found = await places(text);
    expect(found).not.toContain('2:1 create-index');
    expect(found).toContain('3:1 create-index');
  });

  it('knows a new table by its new name', async () => {
    const text = 'CREATE TABLE a (id bigint PRIMARY KEY);\nALTER TABLE a RENAME TO b;\nCREATE INDEX i ON b (id);';
    expect(await rulesOf(text)).not.toContain('create-index');
  });

  it('ends a DO block with its transaction', async () => {
    const text = `DO $$ BEGIN ALTER TABLE a ADD COLUMN x int; END $$;\nCREATE INDEX CONCURRENTLY i ON a (x);`;
    expect(await rulesOf(text)).not.toContain('concurrently-in-transaction');
  });
});
