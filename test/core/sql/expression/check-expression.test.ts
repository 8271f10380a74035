import { beforeAll, describe, expect, it } from 'vitest';
import { checkExpression } from '../../../../core/sql/expression/check-expression.ts';
import { immutableFunctions, immutableHere, plainTypes } from '../../../../core/sql/expression/immutable-functions.ts';
import { loadParser, type Parser } from '../../../../core/sql/parse/parser.ts';
import { createTestDatabase } from '../../../support/postgres.ts';

let parser: Parser;
beforeAll(async () => {
  parser = await loadParser();
});

describe('an SQL expression over a record', () => {
  it.each([
    `record ->> 'a'`,
    `(record ->> 'gross')::numeric / 1.2`,
    `round((record #>> '{a,b}')::numeric(12, 2), 2)`,
    `CASE WHEN record ? 'a' THEN to_jsonb(upper(record ->> 'a')) ELSE 'null'::jsonb END`,
    `coalesce(record -> 'a', record -> 'b', '[]'::jsonb)`,
    `greatest(1, 2) = ANY (ARRAY[1, 2]::int[])`,
    `trim(both ' ' from record ->> 'a') || substring(record ->> 'c' from 1 for 2)`,
    `(string_to_array(record ->> 'a', ','))[1]`,
    `jsonb_build_object('x', record -> 'x', 'y', NULL)`,
    `record ->> 'a' IN ('x', 'y') AND NOT record ->> 'b' LIKE 'a%' COLLATE "C"`,
    `nullif(record ->> 'a', '')`,
    `jsonb_path_query_first(record, '$.items[*] ? (@.main == true)')`,
    `record ->> 'a' -- the first`,
    `'(' || NULL`,
  ])('may be %s', (text) => {
    expect(checkExpression(text, parser)).toBeUndefined();
  });

  it.each([
    ["'('", 'a constant'],
    ['NULL', 'a constant'],
    ['(SELECT 1)', 'a subquery'],
    ['ARRAY(SELECT 1)', 'a subquery'],
    ['EXISTS (SELECT FROM pg_authid)', 'a subquery'],
    [`record ->> 'a'), (1`, 'not one SQL expression'],
    ['1) FROM pg_class WHERE (true', 'not one SQL expression'],
    ['1); DROP TABLE claims; SELECT (1', 'not one SQL expression'],
    ['1) AS x', 'no SQL expression'],
    ['1) UNION SELECT (2', 'not one SQL expression'],
    ['1) LIMIT (1', 'not one SQL expression'],
    ['1) -- ', 'no SQL expression'],
    ['1 /*', 'no SQL expression'],
    ['', 'no SQL expression'],
    ['*', 'no SQL expression'],
    ['record.*', 'reads record'],
    ['(record).a', 'a field of a row'],
    ['other', 'reads other'],
    ['taken.record', 'reads taken.record'],
    ['$1', 'a parameter'],
    ['now()', 'calls now'],
    ['pg_sleep(1)', 'calls pg_sleep'],
    ['pg_read_file(record::text)', 'calls pg_read_file'],
    ['public.lower(record::text)', 'calls public.lower'],
    ['"Lower"(record::text)', 'calls "Lower"'],
    ['nextval(record::text)', 'calls nextval'],
    ["current_setting('x')", 'calls current_setting'],
    ["set_config('role', 'postgres', false)", 'calls set_config'],
    ["query_to_xml('DROP TABLE claims', true, true, '')", 'calls query_to_xml'],
    ['dblink_exec(record::text)', 'calls dblink_exec'],
    ['jsonb_array_elements(record)', 'calls jsonb_array_elements'],
    ['max(1)', 'calls max'],
    ['length(DISTINCT record::text)', 'an aggregate or a window'],
    ["lower('a') OVER ()", 'an aggregate or a window'],
    ["lower('a') FILTER (WHERE true)", 'an aggregate or a window'],
    ['lower(VARIADIC ARRAY[record::text])', 'an aggregate or a window'],
    ['current_user', 'a value of the session'],
    ['CURRENT_TIMESTAMP', 'a value of the session'],
    ["'now'::timestamp", 'names the type'],
    ["'pg_class'::regclass", 'names the type'],
    ["'x'::public.text", 'names the type public.text'],
    ['ROW(1, 2)', 'a row'],
    ['\'a\' COLLATE "de_DE"', 'the collation'],
    ['1 OPERATOR(public.+) 2', 'an operator with a schema'],
    ["record ->> 'a\\b'", 'a backslash'],
    ["JSON_OBJECT('a': 1)", 'JsonObjectConstructor'],
    ['XMLELEMENT(NAME a)', 'XmlExpr'],
    ["extract(year from '2020-01-01'::date)", 'extract'],
    ['GROUPING(1)', 'GroupingFunc'],
    ['DEFAULT', 'SetToDefault'],
    ['sha256(record::text)', 'calls sha256'],
    ['1 + '.repeat(4000) + '1', 'more than 10000 characters'],
  ])('must not be %s', (text, problem) => {
    expect(checkExpression(text, parser)?.problem.toLowerCase()).toContain(problem.toLowerCase());
  });

  it('calls only what every PostgreSQL has, and what gives the same value for ever', async () => {
    const { pool } = await createTestDatabase();
    const { rows } = await pool.query<{ name: string; volatile: string[]; kinds: string[]; returnsSet: boolean }>(
      `SELECT proname AS name, array_agg(DISTINCT provolatile::text) AS volatile, array_agg(DISTINCT prokind::text) AS kinds,
         bool_or(proretset) AS "returnsSet"
       FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1) GROUP BY proname`,
      [[...immutableFunctions, ...immutableHere]],
    );
    const found = new Map(rows.map((row) => [row.name, row]));
    expect([...immutableFunctions, ...immutableHere].filter((name) => !found.has(name))).toEqual([]);
    expect(immutableFunctions.filter((name) => found.get(name)?.volatile.join() !== 'i')).toEqual([]);
    expect(immutableHere.filter((name) => found.get(name)?.volatile.includes('v') !== false)).toEqual([]);
    expect(rows.filter(({ returnsSet, kinds }) => returnsSet || kinds.join() !== 'f')).toEqual([]);
    const types = await pool.query<{ name: string }>(
      `SELECT typname AS name FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typname = ANY ($1)`,
      [plainTypes],
    );
    expect(types.rows.map(({ name }) => name).sort()).toEqual([...plainTypes]);
  });
});
