import type { Client } from 'pg';
import type { Refusal } from '../../passage.ts';
import {
  existsIn,
  isOneOf,
  keyArrays,
  keyColumns,
  keyList,
  keyRow,
  keyText,
  keyValue,
  sameKey,
  valuesOf,
  valuesOfAll,
} from './keys.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import { type RecordTable, writtenColumns } from './table.ts';

/** A record that was set aside: where and why, never the value. */
export interface Refused extends Refusal {
  readonly key: string;
}

/** Columns that the quarantine has besides those of the table. */
export const quarantineColumns = ['sluice_pointer', 'sluice_reason', 'sluice_noted'] as const;

/** Whole rows of the table, as they were, each with the reason why it is here. In the caller's transaction. */
export async function createQuarantine(client: Client, table: RecordTable, quarantine: Relation): Promise<void> {
  await client.query(`CREATE TABLE ${qualified(quarantine)} AS SELECT *, ''::text AS sluice_pointer, ''::text AS sluice_reason,
    now() AS sluice_noted FROM ${qualified(table)} WITH NO DATA`);
  await client.query(`ALTER TABLE ${qualified(quarantine)} ADD PRIMARY KEY (${keyList(table.key)})`);
}

/**
 * Takes records out of the new table and notes them with their rows as they are in the source; with `keep`, puts those rows into
 * the new table as they are. In the transaction that moved them.
 */
export async function setAside(
  client: Client,
  { table, from, to, quarantine, keep }: Aside,
  refused: readonly Refused[],
): Promise<void> {
  const { key } = table;
  const keys = valuesOfAll(
    key,
    refused.map((each) => each.key),
  );
  const list = writtenColumns(table).join(', ');
  await client.query(`DELETE FROM ${qualified(to)} WHERE ${isOneOf(key, undefined, 1)}`, keys);
  await client.query(`DELETE FROM ${qualified(quarantine)} WHERE ${isOneOf(key, undefined, 1)}`, keys);
  const all = table.columns.map(({ name }) => quoted(name));
  const next = key.length + 1;
  const named = key.map((_, index) => `key_${index}`);
  const matches = keyColumns(key, 'source').map((column, index) => `${column} = refused.key_${index}`);
  await client.query(
    `INSERT INTO ${qualified(quarantine)} (${all.join(', ')}, sluice_pointer, sluice_reason, sluice_noted)
     SELECT ${all.map((column) => `source.${column}`).join(', ')}, refused.pointer, refused.reason, clock_timestamp()
     FROM unnest(${keyArrays(key, 1)}, $${next}::text[], $${next + 1}::text[]) AS refused (${named.join(', ')}, pointer, reason)
     JOIN ${qualified(from)} AS source ON ${matches.join(' AND ')}`,
    [...keys, refused.map(({ pointer }) => pointer), refused.map(({ reason }) => reason)],
  );
  if (!keep) return;
  // No ON CONFLICT: another unique value in the way must be heard of, or the record would be missing.
  await client.query(
    `INSERT INTO ${qualified(to)} (${list}) OVERRIDING SYSTEM VALUE
     SELECT ${list} FROM ${qualified(from)} WHERE ${isOneOf(key, undefined, 1)}`,
    keys,
  );
}

interface Aside {
  readonly table: RecordTable;
  readonly from: Relation;
  readonly to: Relation;
  readonly quarantine: Relation;
  readonly keep: boolean;
}

export async function isNoted(
  client: Client,
  { key }: RecordTable,
  quarantine: Relation,
  text: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM ${qualified(quarantine)} WHERE ${keyRow(key)} = ${keyValue(key, 1)}`,
    valuesOf(key, text),
  );
  return rowCount === 1;
}

export async function countQuarantined(client: Client, quarantine: Relation): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${qualified(quarantine)}`);
  return Number(rows[0]?.count ?? 0);
}

export async function hasQuarantine(client: Client, quarantine: Relation): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
    qualified(quarantine),
  ]);
  return rows[0]?.there === true;
}

/** Keys whose row in the quarantine is not the row of the source: none, once all that is noted was carried over. Up to ten. */
export async function strayRows(client: Client, { table, from, quarantine }: Aside, log: Relation): Promise<string[]> {
  const list = (alias: string) => table.columns.map(({ name }) => `${alias}.${quoted(name)}`).join(', ');
  const { rows } = await client.query<{ key: string }>(
    `SELECT ${keyText(table.key, 'q')} AS key FROM ${qualified(quarantine)} AS q
     LEFT JOIN ${qualified(from)} AS source ON ${sameKey(table.key, 'source', 'q')}
     WHERE ROW(${list('q')})::record OPERATOR(pg_catalog.*<>) ROW(${list('source')})::record
       AND NOT ${existsIn(table.key, log, 'q')} LIMIT 10`,
  );
  return rows.map(({ key }) => key);
}

/**
 * Puts the rows back that are not in the old table any more, and forgets those that are there as they were. Returns how many
 * stay, because something else has their key by now. In the transaction of the swap back.
 */
export async function restoreQuarantined(
  client: Client,
  table: RecordTable,
  quarantine: Relation,
  to: Relation,
): Promise<number> {
  const list = writtenColumns(table).join(', ');
  await client.query(
    `INSERT INTO ${qualified(to)} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM ${qualified(quarantine)}
     ON CONFLICT DO NOTHING`,
  );
  const row = (alias: string) =>
    writtenColumns(table)
      .map((column) => `${alias}.${column}`)
      .join(', ');
  await client.query(
    `DELETE FROM ${qualified(quarantine)} AS q USING ${qualified(to)} AS kept
     WHERE ${sameKey(table.key, 'q', 'kept')} AND ROW(${row('q')})::record OPERATOR(pg_catalog.*=) ROW(${row('kept')})::record`,
  );
  return countQuarantined(client, quarantine);
}

/** In the caller's transaction. */
export async function dropQuarantine(client: Client, quarantine: Relation): Promise<void> {
  await client.query(`DROP TABLE IF EXISTS ${qualified(quarantine)}`);
}
