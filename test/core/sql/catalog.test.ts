import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../core/sql/action/name.ts';
import type { Catalog, ColumnFacts, TableFacts } from '../../../core/sql/catalog/catalog.ts';
import type { Finding } from '../../../core/sql/finding.ts';
import type { History } from '../../../core/sql/history.ts';
import { lintSql } from '../../../core/sql/lint.ts';

const column = (type: string, more: Partial<ColumnFacts> = {}): ColumnFacts => ({
  type,
  modifiers: [],
  notNull: false,
  ...more,
});

function catalogOf(tables: Readonly<Record<string, Partial<TableFacts>>>, invalid: readonly string[] = []): Catalog {
  const empty = {
    rows: 50_000_000,
    bytes: 8e9,
    columns: new Map(),
    indexes: [],
    provedNotNull: [],
    dependents: [],
    policies: 0,
  };
  return {
    table: (name) => {
      const facts = tables[keyOf(name)];
      return facts === undefined ? undefined : { ...empty, ...facts };
    },
    index: ({ name }) => (invalid.includes(name) ? { name, valid: false, columns: [] } : undefined),
    volatility: ({ name }) => (name === 'steady_code' ? 'stable' : undefined),
    domainConstrained: ({ name }) => (name === 'positive' ? true : undefined),
  };
}

async function find(rule: string, text: string, catalog?: Catalog, history?: History): Promise<Finding | undefined> {
  const options = { ...(catalog === undefined ? {} : { catalog }), ...(history === undefined ? {} : { history }) };
  return (await lintSql({ path: 'migrations/20_b.sql', text }, options)).find((finding) => finding.rule === rule);
}

describe('with a live catalog', () => {
  it('a scan of a small table is advice, and says how small', async () => {
    const text = 'CREATE INDEX i ON users (email);';
    expect((await find('create-index', text, catalogOf({ users: {} })))?.severity).toBe('error');
    const small = await find('create-index', text, catalogOf({ users: { rows: 120, bytes: 16_384 } }));
    expect(small?.severity).toBe('advice');
    expect(small?.message).toContain('120 rows');
  });

  it('a table of few but huge rows is not small, nor one that was never analysed', async () => {
    const text = 'CREATE INDEX i ON users (email);';
    for (const facts of [
      { rows: 120, bytes: 1e9 },
      { rows: -1, bytes: 0 },
    ]) {
      expect((await find('create-index', text, catalogOf({ users: facts })))?.severity).toBe('error');
    }
  });

  it('a rename stays an error however small the table is: clients break all the same', async () => {
    const text = 'ALTER TABLE users RENAME COLUMN email TO mail;';
    expect((await find('rename-column', text, catalogOf({ users: { rows: 1, bytes: 8192 } })))?.severity).toBe('error');
  });

  it('CREATE TABLE IF NOT EXISTS of a table that is there makes nothing new', async () => {
    const text = 'CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY); CREATE INDEX i ON users (id);';
    expect(await find('create-index', text, catalogOf({ users: {} }))).toBeDefined();
    expect(await find('create-index', text, catalogOf({}))).toBeUndefined();
  });

  it('a change of type is judged by the old type', async () => {
    const catalog = catalogOf({ users: { columns: new Map([['name', column('varchar', { modifiers: [50] })]]) } });
    expect(await find('change-column-type', 'ALTER TABLE users ALTER name TYPE text;', catalog)).toBeUndefined();
    expect(await find('change-column-type', 'ALTER TABLE users ALTER name TYPE varchar(60);', catalog)).toBeUndefined();
    const narrower = await find('change-column-type', 'ALTER TABLE users ALTER name TYPE varchar(40);', catalog);
    expect(narrower?.message).toContain('from `varchar(50)` to `varchar(40)`');
  });

  it('SET NOT NULL is free for a column that is not null, or proved so', async () => {
    const catalog = catalogOf({
      users: { columns: new Map([['id', column('int8', { notNull: true })]]), provedNotNull: ['email'] },
    });
    expect(await find('set-not-null', 'ALTER TABLE users ALTER id SET NOT NULL;', catalog)).toBeUndefined();
    expect(await find('set-not-null', 'ALTER TABLE users ALTER email SET NOT NULL;', catalog)).toBeUndefined();
    expect(await find('set-not-null', 'ALTER TABLE users ALTER name SET NOT NULL;', catalog)).toBeDefined();
  });

  it('SET NOT NULL is no longer free once the file has dropped it', async () => {
    const catalog = catalogOf({ users: { columns: new Map([['id', column('int8', { notNull: true })]]) } });
    const text = 'ALTER TABLE users ALTER id DROP NOT NULL; ALTER TABLE users ALTER id SET NOT NULL;';
    expect(await find('set-not-null', text, catalog)).toBeDefined();
  });

  it('functions and domains of the database are known', async () => {
    const catalog = catalogOf({ users: {} });
    const add = 'ALTER TABLE users ADD COLUMN code';
    expect(await find('add-column-volatile-default', `${add} int DEFAULT steady_code();`, catalog)).toBeUndefined();
    expect(await find('add-column-volatile-default', `${add} int DEFAULT other_code();`, catalog)).toBeDefined();
    expect(await find('add-column-constrained-domain', `${add} positive;`, catalog)).toBeDefined();
  });

  it('what uses a dropped column or table is named', async () => {
    const dependents = [
      { kind: 'view', name: 'active_users', column: 'email' },
      { kind: 'publication', name: 'everything', column: undefined },
    ] as const;
    const catalog = catalogOf({ users: { dependents } });
    const dropped = await find('drop-used-object', 'ALTER TABLE users DROP COLUMN email;', catalog);
    expect(dropped?.message).toContain('view `active_users`');
    expect(dropped?.message).not.toContain('everything');
    expect((await find('drop-used-object', 'DROP TABLE users;', catalog))?.message).toContain(
      'publication `everything`',
    );
    expect(await find('drop-used-object', 'ALTER TABLE users DROP COLUMN name;', catalog)).toBeUndefined();
    expect(await find('drop-used-object', 'ALTER TABLE users ALTER email TYPE text;', catalog)).toBeDefined();
    expect(await find('drop-used-object', 'ALTER TABLE users RENAME COLUMN email TO mail;', catalog)).toBeUndefined();
    expect(await find('drop-used-object', 'DROP TABLE users;')).toBeUndefined();
  });

  it('a key that runs out is told once, and worse when it is near', async () => {
    const text = 'ALTER TABLE users ADD COLUMN a text; ALTER TABLE users ADD COLUMN b text;';
    const used = (share: number) =>
      catalogOf({ users: { columns: new Map([['id', column('int4', { used: share })]]) } });
    const findings = await lintSql({ path: '1.sql', text }, { catalog: used(0.9) });
    const own = findings.filter(({ rule }) => rule === 'int-key-near-exhaustion');
    expect(own.map(({ severity }) => severity)).toEqual(['error']);
    expect(own[0]?.message).toContain('90 %');
    expect((await find('int-key-near-exhaustion', text, used(0.6)))?.severity).toBe('warning');
    expect(await find('int-key-near-exhaustion', text, used(0.2))).toBeUndefined();
  });

  it('an index that a failed attempt left is found, and no longer suspected when it is not there', async () => {
    const text = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON users (email);';
    expect((await find('leftover-invalid-index', text, catalogOf({ users: {} }, ['i'])))?.severity).toBe('error');
    expect(await find('leftover-invalid-index', text, catalogOf({ users: {} }))).toBeUndefined();
    expect((await find('leftover-invalid-index', text))?.severity).toBe('advice');
  });

  it('policies and indexes from before count', async () => {
    const index = { name: 'i', valid: true, columns: ['team_id'] };
    const catalog = catalogOf({ users: { policies: 1, indexes: [index] } });
    expect(
      await find('row-security-without-policy', 'ALTER TABLE users ENABLE ROW LEVEL SECURITY;', catalog),
    ).toBeUndefined();
    const key = 'ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams NOT VALID;';
    expect(await find('foreign-key-without-index', key, catalog)).toBeUndefined();
    expect(await find('foreign-key-without-index', key, catalogOf({ users: {} }))).toBeDefined();
    const invalid = catalogOf({ users: { indexes: [{ ...index, valid: false }] } });
    expect(await find('foreign-key-without-index', key, invalid)).toBeDefined();
  });
});

describe('with the history of the base branch', () => {
  const text = 'SELECT 1;';

  it('a file that changed after it was merged is an error', async () => {
    const before = { existing: ['migrations/20_b.sql'], previousText: 'SELECT 2;' };
    expect((await find('applied-file-changed', text, undefined, before))?.severity).toBe('error');
    expect(await find('applied-file-changed', text, undefined, { ...before, previousText: text })).toBeUndefined();
    expect(await find('applied-file-changed', text, undefined, { existing: [] })).toBeUndefined();
  });

  it.each([
    ['a later number', ['migrations/21_c.sql'], true],
    ['a number that is later as a number only', ['migrations/100_c.sql'], true],
    ['an earlier number', ['migrations/9_a.sql', 'migrations/19_z.sql'], false],
    ['another folder', ['other/21_c.sql'], false],
    ['a rollback', ['migrations/21_c.down.sql'], false],
  ])('a new file is out of order behind %s', async (_, existing, expected) => {
    expect((await find('out-of-order', text, undefined, { existing })) !== undefined).toBe(expected);
  });
});
