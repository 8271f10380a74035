import type { Client } from 'pg';
import type { Crossing } from './crossing.ts';
import { existsIn, isTruncation, type Key, keyList, keyRow, keyText, keyValue, sameKey, valuesOf } from './keys.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import { comparedRows } from './rows/compare-rows.ts';
import { givenPassage, scriptedRows } from './rows/scripted-rows.ts';
import { compareScripted } from './scripted.ts';
import { writtenColumns } from './table.ts';

export interface Difference {
  readonly key: string;
  readonly kind: 'missing' | 'surplus' | 'different';
}

/**
 * Compares transform(old) with new for all keys of a page, both ways and column by column, inside the database: exact to the
 * last digit. Records whose keys wait in the log are left out: they are about to be carried over. Up to ten differences.
 * `end` null: without an upper end.
 */
export async function comparePage(
  client: Client,
  crossing: Crossing,
  log: Relation,
  after: string | null,
  end: string | null,
): Promise<Difference[]> {
  const { table, from, to, passage, aside } = crossing;
  const { key } = table;
  const values: string[] = [];
  const bound = (text: string) => {
    const sql = keyValue(key, values.length + 1);
    values.push(...valuesOf(key, text));
    return sql;
  };
  const conditions = [
    ...(after === null ? [] : [`${keyRow(key)} > ${bound(after)}`]),
    ...(end === null ? [] : [`${keyRow(key)} <= ${bound(end)}`]),
  ];
  const where = `WHERE ${['true', ...conditions].join(' AND ')}`;
  if (crossing.rows !== undefined) {
    // What was set aside is expected not to be there.
    const here = aside ? `${where} AND NOT ${existsIn(key, aside.table, 'source')}` : where;
    const all = { text: `SELECT * FROM ${qualified(from)} AS source ${here}`, values };
    const { script } = passage;
    const taken = script === undefined ? all : await scriptedRows(client, crossing, crossing.rows, script, all);
    const way = script === undefined ? passage : givenPassage(passage);
    const compared = comparedRows({ ...crossing, passage: way }, crossing.rows, taken.text);
    const found = `SELECT ${keyList(key)}, ROW(${compared.columns}, true) AS sluice_record FROM ${qualified(to)} ${where}`;
    return differing(client, key, log, compared.expected, found, taken.values);
  }
  // What a script makes of a document, the database cannot tell: those are compared on their own.
  const columns = writtenColumns(table).filter((name) => !passage.script || name !== quoted(table.document.name));
  const set = aside && existsIn(key, aside.table, 'source');
  const document = (column: string) => {
    const converted = passage.toSql(`source.${column}`);
    return aside?.keep ? `CASE WHEN ${set} THEN source.${column} ELSE ${converted} END` : converted;
  };
  const expected = columns.map((column) =>
    column === quoted(table.document.name) ? document(column) : `source.${column}`,
  );
  // What was set aside is expected not to be there.
  const there = aside && !aside.keep ? `AND NOT ${set}` : '';
  const rows = await differing(
    client,
    key,
    log,
    `SELECT ${keyList(key)}, ROW(${expected.join(', ')}) AS sluice_record FROM ${qualified(from)} AS source ${where} ${there}`,
    `SELECT ${keyList(key)}, ROW(${columns.join(', ')}) AS sluice_record FROM ${qualified(to)} ${where}`,
    values,
  );
  if (rows.length > 0 || passage.script === undefined) return rows;
  return compareScripted(client, crossing, passage.script, log, after, end);
}

/** Keys for which two queries for the key and `sluice_record` do not give the same to the last bit, but for those that wait in the log. */
async function differing(
  client: Client,
  key: Key,
  log: Relation,
  expected: string,
  found: string,
  values: readonly unknown[],
): Promise<Difference[]> {
  const { rows } = await client.query<Difference>(
    `WITH s AS (${expected}),
       n AS (${found}),
       differing AS (
         SELECT ${key.map(({ name }) => `coalesce(s.${quoted(name)}, n.${quoted(name)}) AS ${quoted(name)}`).join(', ')},
           CASE WHEN n.sluice_record IS NULL THEN 'missing' WHEN s.sluice_record IS NULL THEN 'surplus' ELSE 'different' END AS sluice_kind
         FROM s FULL JOIN n ON ${sameKey(key, 's', 'n')}
         WHERE s.sluice_record OPERATOR(pg_catalog.*<>) n.sluice_record
           OR (s.${quoted(key[0].name)} IS NULL) <> (n.${quoted(key[0].name)} IS NULL))
     SELECT ${keyText(key, 'differing')} AS key, sluice_kind AS kind FROM differing
     WHERE NOT EXISTS (SELECT FROM ${qualified(log)} AS log WHERE ${sameKey(key, 'log', 'differing')} OR ${isTruncation(key, 'log')})
     LIMIT 10`,
    [...values],
  );
  return rows;
}

/** Whether the log holds a TRUNCATE that was not carried over yet. */
export async function hasTruncation(client: Client, key: Key, log: Relation): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM ${qualified(log)} AS log WHERE ${isTruncation(key, 'log')}) AS any`,
  );
  return rows[0]?.any === true;
}
