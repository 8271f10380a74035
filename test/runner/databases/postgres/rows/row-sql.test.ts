import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { classOf } from '../../../../../core/migration/rows/column-class.ts';
import { type RecordColumn, recordSql } from '../../../../../core/migration/rows/record-sql.ts';
import { connectTarget } from '../../../../../runner/databases/postgres/connect.ts';
import { createAsRow } from '../../../../../runner/databases/postgres/rows/as-row.ts';
import { crossedSql } from '../../../../../runner/databases/postgres/rows/row-sql.ts';
import type { Passage } from '../../../../../runner/passage.ts';
import { createTestDatabase } from '../../../../support/postgres.ts';

let client: Client;
const asRow = { schema: 'public', name: 'as_row' };
beforeAll(async () => {
  const { url } = await createTestDatabase();
  client = await connectTarget(url);
  await createAsRow(client, asRow);
});
afterAll(() => client.end());
beforeEach(async () => {
  await client.query('DROP TABLE IF EXISTS public.t, public.made');
});

/** Values at the edges of what a type can hold. */
const values: readonly (readonly [type: string, base: string, ...texts: string[]])[] = [
  ['smallint', 'int2', '-32768', '32767'],
  ['bigint', 'int8', '9223372036854775807', '-9223372036854775808', '9007199254740993'],
  ['numeric', 'numeric', '1.10', '0.000', '-123456789012345678901234567890.00000000010', 'NaN'],
  ['numeric(12,4)', 'numeric', '1.1000', '-0.0001'],
  ['real', 'float4', '0.1', '3.4028235e38', 'Infinity'],
  ['double precision', 'float8', '0.1', '1.7976931348623157e308', '4.9e-324', 'NaN'],
  ['boolean', 'bool', 'true', 'false'],
  ['text', 'text', '', ' a "quoted" \\ line\nbreak\t', 'null', '\u{1f600}'],
  ['character varying(20)', 'varchar', 'abc '],
  ['character(5)', 'bpchar', 'ab'],
  ['date', 'date', '2025-02-28', '0044-03-15 BC', 'infinity'],
  ['timestamp without time zone', 'timestamp', '2025-01-15 12:34:56.123456', '-infinity'],
  ['timestamp with time zone', 'timestamptz', '2025-01-15 12:34:56.123456+02', '1900-01-01 00:00:00+00', 'infinity'],
  ['time without time zone', 'time', '24:00:00', '00:00:00.000001'],
  ['time with time zone', 'timetz', '12:00:00+05:30'],
  ['interval', 'interval', '1 year 2 mons -3 days 04:05:06.789', '-00:00:01'],
  ['uuid', 'uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  ['bytea', 'bytea', '\\x00ff10', '\\x'],
  ['inet', 'inet', '192.168.0.1/24', '::1'],
  ['jsonb', 'jsonb', '{"a": 1.10, "b": null}', '[1, 12345678901234567890.10]', '"text"', '{}'],
  ['text[]', '_text', '{}', '{a,NULL,"b c","null"}'],
  ['integer[]', '_int4', '{{1,2},{3,4}}'],
  ['jsonb[]', '_jsonb', '{"{\\"a\\": null}"}'],
];

function column(base: string, part: Partial<RecordColumn> = {}): RecordColumn {
  const columnClass = classOf(base, false);
  if (columnClass === undefined) throw new Error(`no class for ${base}`);
  return { name: 'Value "x"', columnClass, nullable: false, notNull: false, ...part };
}

describe('a value becomes JSON and the same value again, to the last bit', () => {
  it.each(values)('%s', async (type, base, ...texts) => {
    await client.query(`CREATE TABLE public.t (id int, "Value ""x""" ${type})`);
    for (const text of texts) await client.query(`INSERT INTO public.t VALUES (1, $1)`, [text]);
    await client.query('INSERT INTO public.t VALUES (1, NULL)');
    for (const nullable of [true, false]) {
      const columns = [column('int4', { name: 'id' }), column(base, { nullable })];
      const { rows } = await client.query<{ differing: string[] | null; count: string }>(
        `SELECT array_agg(t::text) FILTER (WHERE public.as_row(NULL::public.t, ${recordSql(columns, 't')})::public.t OPERATOR(pg_catalog.*<>) t) AS differing,
           count(*) AS count FROM public.t`,
      );
      expect(rows).toEqual([{ differing: null, count: String(texts.length + 1) }]);
    }
  });
});

describe('NULL in a column', () => {
  it('is null where the version admits it, and nothing where it does not; null inside of a document stays', async () => {
    await client.query(`CREATE TABLE public.t (a text, b text, c jsonb, d jsonb);
      INSERT INTO public.t VALUES (NULL, NULL, NULL, '{"x": null}'), ('1', '2', '3', 'null')`);
    const columns = [
      column('text', { name: 'a', nullable: true }),
      column('text', { name: 'b' }),
      column('jsonb', { name: 'c' }),
      column('jsonb', { name: 'd' }),
    ];
    const { rows } = await client.query<{ record: unknown }>(
      `SELECT ${recordSql(columns, 't')} AS record FROM public.t`,
    );
    expect(rows.map(({ record }) => record)).toEqual([
      { a: null, d: { x: null } },
      { a: '1', b: '2', c: 3, d: null },
    ]);
  });

  it('of more columns than a function takes arguments is read all the same', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `c${index}`);
    await client.query(
      `CREATE TABLE public.t (${names.map((name) => `${name} int`).join(', ')}); INSERT INTO public.t (c129) VALUES (7)`,
    );
    const columns = names.map((name) => column('int4', { name }));
    const { rows } = await client.query<{ record: unknown }>(
      `SELECT ${recordSql(columns, 't')} AS record FROM public.t`,
    );
    expect(rows).toEqual([{ record: { c129: 7 } }]);
  });
});

describe('what is written into a column', () => {
  /** Whether a value of JSON fits into a column of a type, and as what it is read again. */
  async function fitOf(type: string, base: string, json: string) {
    await client.query(`CREATE TABLE public.t (id int); INSERT INTO public.t VALUES (1);
      CREATE TABLE public.made (id int PRIMARY KEY, value ${type})`);
    const passage: Passage = {
      toSql: (record) => `(${record} || jsonb_build_object('value', '${json}'::jsonb))`,
      refusal: () => ({ pointer: '', reason: '' }),
      violation: () => undefined,
    };
    const id = { name: 'id', type: 'integer', generated: false, identity: undefined } as const;
    const key = column('int4', { name: 'id', notNull: true });
    const rows = {
      source: [key],
      result: [key, column(base, { name: 'value' })],
      written: [
        { name: 'id', from: 'id', carried: true, notNull: true },
        { name: 'value', from: undefined, carried: false, notNull: false },
      ],
      leftOut: [],
      asRow,
      renamed: new Map<string, string>(),
      changed: new Set<string>(),
    };
    const sql = crossedSql(rows, [id], { schema: 'public', name: 'made' }, passage, 'SELECT * FROM public.t');
    const { rows: found } = await client.query<{ read: { value?: unknown }; fits: boolean }>(
      `SELECT sluice_read AS read, sluice_fits AS fits FROM (${sql}) AS crossed`,
    );
    return found[0]?.fits ? found[0].read.value : 'does not fit';
  }

  it.each([
    ['integer', 'int4', '7', 7],
    ['integer', 'int4', '7.0', 7],
    ['integer', 'int4', '7.5', 'does not fit'],
    ['integer', 'int4', '[7]', 'does not fit'],
    ['integer', 'int4', '"7"', 'does not fit'],
    ['integer', 'int4', '2147483648', 'does not fit'],
    ['numeric(5,2)', 'numeric', '1.10', 1.1],
    ['numeric(5,2)', 'numeric', '1.105', 'does not fit'],
    ['text', 'text', '7', 'does not fit'],
    ['text', 'text', '{"a": 1}', 'does not fit'],
    ['character varying(2)', 'varchar', '"abc"', 'does not fit'],
    ['boolean', 'bool', '"true"', 'does not fit'],
    ['date', 'date', '"2025-01-15"', '2025-01-15'],
    ['date', 'date', '"today"', 'does not fit'],
    ['date', 'date', '"15 January 2025"', 'does not fit'],
    ['timestamptz', 'timestamptz', '"2025-01-15T12:00:00+02:00"', '2025-01-15T10:00:00Z'],
    ['timestamptz', 'timestamptz', '"2025-01-15T12:00:00.1234567Z"', 'does not fit'],
    ['timestamptz', 'timestamptz', '"2016-12-31T23:59:60Z"', 'does not fit'],
    ['timestamptz', 'timestamptz', '"now"', 'does not fit'],
    ['timestamptz', 'timestamptz', '"2025-01-15"', 'does not fit'],
    ['timestamp', 'timestamp', '"2025-01-15T12:00:00Z"', 'does not fit'],
    ['uuid', 'uuid', '"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['uuid', 'uuid', '"{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"', 'does not fit'],
    ['text[]', '_text', '["a", null]', ['a', null]],
    ['text[]', '_text', '["a", 1]', 'does not fit'],
    ['text[]', '_text', '"{a}"', 'does not fit'],
    ['jsonb', 'jsonb', '{"a": [1, null]}', { a: [1, null] }],
    ['text', 'text', 'null', 'does not fit'],
  ])('%s %s %s', async (type, base, json, expected) => {
    expect(await fitOf(type, base, json)).toEqual(expected);
  });
});
