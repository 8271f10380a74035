import type { Client } from 'pg';
import type { Crossing } from '../crossing.ts';
import { isOneOf, keyList, keyRow, keyText, keyValue, valuesOf, valuesOfAll } from '../keys.ts';
import { qualified, quoted } from '../relation.ts';
import { tryRows } from './move-row.ts';
import { crossedSql } from './row-sql.ts';

/** What would become of the next rows that were set aside, locked. `from` of the crossing is the quarantine. In the caller's transaction. */
export function tryQuarantinedRows(client: Client, crossing: Crossing, after: string | null, size: number) {
  const { table, from } = crossing;
  const where = after === null ? '' : `WHERE ${keyRow(table.key)} > ${keyValue(table.key, 2)}`;
  const taken = `SELECT * FROM ${qualified(from)} ${where} ORDER BY ${keyList(table.key)} LIMIT $1 FOR UPDATE`;
  return tryRows(client, crossing, taken, after === null ? [size] : [size, ...valuesOf(table.key, after)]);
}

/** Puts rows that were set aside into the table in use, converted. Returns the keys of those that had no other in their place. */
export async function insertQuarantinedRows(
  client: Client,
  { table: { key }, from, to, passage, rows }: Crossing,
  keys: readonly string[],
): Promise<Set<string>> {
  if (rows === undefined) throw new Error('The records are documents.');
  const list = rows.written.map(({ name }) => quoted(name)).join(', ');
  const taken = `SELECT * FROM ${qualified(from)} WHERE ${isOneOf(key, undefined, 1)}`;
  const { rows: inserted } = await client.query<{ key: string }>(
    `INSERT INTO ${qualified(to)} AS t (${list}) OVERRIDING SYSTEM VALUE
     SELECT ${list} FROM (${crossedSql(rows, key, to, passage, taken)}) AS crossed WHERE sluice_fits
     ON CONFLICT DO NOTHING RETURNING ${keyText(key, 't')} AS key`,
    valuesOfAll(key, keys),
  );
  return new Set(inserted.map((row) => row.key));
}
