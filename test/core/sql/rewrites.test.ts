import type { PoolClient } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { nameOfParts, quoteName } from '../../../core/sql/action/name.ts';
import { dataTypeOf } from '../../../core/sql/action/type-name.ts';
import { fixedTypes } from '../../../core/sql/alignment.ts';
import { parseMigration } from '../../../core/sql/parse/migration-file.ts';
import { loadParser } from '../../../core/sql/parse/parser.ts';
import { isFreeConversion } from '../../../core/sql/type-conversion.ts';
import { steadyBuiltins, volatileFunctions } from '../../../core/sql/volatility.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { casesOf, setup } from './fixtures.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(setup);
});

async function undone<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

async function filesOf(client: PoolClient): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; file: string }>(
    "SELECT relname AS name, pg_relation_filenode(oid)::text AS file FROM pg_class WHERE relkind = 'r' AND oid >= 16384",
  );
  return new Map(rows.map(({ name, file }) => [name, Number(file)]));
}

/** Names of the tables that the text gives another file, so that their rows were written anew. */
async function rewritten(sql: string): Promise<string[]> {
  const parsed = parseMigration('1.sql', sql, await loadParser());
  if (parsed.kind !== 'parsed') throw new Error('a fixture does not parse');
  const { statements } = parsed.file;
  return undone(async (client) => {
    const changed: string[] = [];
    for (const { text } of statements) {
      const before = await filesOf(client);
      await client.query(text);
      const after = await filesOf(client);
      changed.push(
        ...[...before].flatMap(([name, file]) => (after.get(name) === file || !after.has(name) ? [] : [name])),
      );
    }
    return changed;
  });
}

const rewriting = [
  'add-column-volatile-default',
  'add-column-stored-generated',
  'add-column-auto-increment',
  'add-column-constrained-domain',
  'change-column-type',
  'set-generated-expression',
  'set-logged',
];

describe('what is said to rewrite a table rewrites it', () => {
  // An unlogged table is already unlogged once, and a function in SQL is inlined before it is judged.
  const cases = rewriting
    .flatMap((rule) => casesOf(rule, 'dangerous'))
    .filter(({ sql }) => !/SET LOGGED|next_code\(\)/.test(sql));
  it.each(cases.map(({ name, sql }) => [name, sql]))('%s', async (_, sql) => {
    expect(await rewritten(sql)).not.toEqual([]);
  });
});

describe('what is let pass as no rewrite rewrites no table of others', () => {
  const cases = [
    'add-column-volatile-default',
    'add-column-auto-increment',
    'add-column-constrained-domain',
    'set-not-null',
    'change-column-type',
  ]
    .flatMap((rule) => casesOf(rule, 'safe'))
    .filter(({ sql }) => !sql.includes('CREATE TABLE'));
  it.each(cases.map(({ name, sql }) => [name, sql]))('%s', async (_, sql) => {
    expect(await rewritten(sql)).toEqual([]);
  });
});

describe('a change of type that is said to be free', () => {
  const types = [
    'text',
    'varchar',
    'varchar(10)',
    'varchar(20)',
    'char(10)',
    'char(20)',
    'integer',
    'bigint',
    'smallint',
    'numeric',
    'numeric(10,2)',
    'numeric(12,2)',
    'numeric(12,4)',
    'numeric(8,2)',
    'timestamp',
    'timestamp(3)',
    'timestamp(6)',
    'timestamptz',
    'timestamptz(3)',
    'time',
    'time(3)',
    'date',
    'inet',
    'cidr',
    'jsonb',
    'json',
    'varbit(4)',
    'varbit(8)',
    'varbit',
    'boolean',
    'interval',
    'interval(3)',
    'bit(4)',
    'bit(8)',
    'uuid',
    'real',
    'double precision',
    'xml',
    'bytea',
    'oid',
  ];
  const pairs = types.flatMap((before) => types.map((after) => [before, after] as const));

  it('never rewrites a table, whatever the types', async () => {
    const { parse } = await loadParser();
    const typeOf = (type: string) => {
      const statement = parse(`SELECT NULL::${type}`).stmts?.[0]?.stmt;
      const json = JSON.stringify(statement);
      const cast =
        statement !== undefined && 'SelectStmt' in statement ? statement.SelectStmt.targetList?.[0] : undefined;
      const value = cast !== undefined && 'ResTarget' in cast ? cast.ResTarget.val : undefined;
      if (value === undefined || !('TypeCast' in value)) throw new Error(json);
      return dataTypeOf(value.TypeCast.typeName);
    };
    const free = pairs.filter(([before, after]) => {
      const { name, modifiers } = typeOf(before);
      return isFreeConversion({ type: name, modifiers }, typeOf(after));
    });
    const wrong: string[] = [];
    await undone(async (client) => {
      await client.query("SET LOCAL TimeZone = 'Asia/Tokyo'");
      for (const [before, after] of free) {
        await client.query(`CREATE TABLE t (c ${before})`);
        const old = (await filesOf(client)).get('t');
        await client.query(`ALTER TABLE t ALTER COLUMN c TYPE ${after}`);
        if ((await filesOf(client)).get('t') !== old) wrong.push(`${before} → ${after}`);
        await client.query('DROP TABLE t');
      }
    });
    expect(free.length).toBeGreaterThan(types.length + 10);
    expect(wrong).toEqual([]);
  });
});

describe('what is believed of built-in functions', () => {
  it('is what the server says: none of the steady ones is volatile in any form', async () => {
    const { rows } = await database.pool.query<{ proname: string }>(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1)
       GROUP BY proname HAVING bool_and(provolatile <> 'v')`,
      [steadyBuiltins],
    );
    expect(rows.map(({ proname }) => proname).toSorted()).toEqual(steadyBuiltins.toSorted());
  });

  it('is what the server says: the volatile ones that it has are volatile', async () => {
    const { rows } = await database.pool.query<{ proname: string }>(
      `SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1)
         AND provolatile <> 'v'`,
      [volatileFunctions],
    );
    expect(rows).toEqual([]);
  });
});

describe('a name in a rewrite', () => {
  it('is quoted wherever the server would need it', async () => {
    const { rows } = await database.pool.query<{ word: string; quoted: string }>(
      'SELECT word, quote_ident(word) AS quoted FROM pg_get_keywords()',
    );
    const { parse } = await loadParser();
    for (const { word } of rows) {
      const name = quoteName(nameOfParts([{ String: { sval: word } }]));
      expect(() => parse(`ALTER TABLE ${name} ADD COLUMN ${name} text`)).not.toThrow();
    }
    expect(rows.length).toBeGreaterThan(400);
  });
});

describe('the layout of types of fixed length', () => {
  it('is what the server says', async () => {
    const { rows } = await database.pool.query<{ typname: string; typlen: number; typalign: string }>(
      "SELECT typname, typlen, typalign FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typname = ANY ($1)",
      [Object.keys(fixedTypes)],
    );
    const alignments: Readonly<Record<string, number>> = { c: 1, s: 2, i: 4, d: 8 };
    const server = Object.fromEntries(
      rows.map(({ typname, typlen, typalign }) => [typname, [typlen, alignments[typalign]]]),
    );
    const own = Object.fromEntries(Object.entries(fixedTypes).filter(([name]) => !name.endsWith('serial')));
    expect(server).toEqual(own);
  });

  it('gives rows that are shorter by what is promised', async () => {
    const [dangerous] = casesOf('column-alignment', 'dangerous');
    const { lintSql } = await import('../../../core/sql/lint.ts');
    const findings = await lintSql({ path: '1.sql', text: dangerous?.sql ?? '' });
    const saved = /is (\d+) bytes shorter/.exec(
      findings.find(({ rule }) => rule === 'column-alignment')?.message ?? '',
    )?.[1];
    const { rows } = await database.pool.query<{ saved: number }>(
      `SELECT pg_column_size(ROW(1::int8, true, 1::int8, 1::int2, 1::int8)) - pg_column_size(ROW(1::int8, 1::int8, 1::int2, true, 1::int8)) AS saved`,
    );
    expect(Number(saved)).toBe(rows[0]?.saved);
  });
});
