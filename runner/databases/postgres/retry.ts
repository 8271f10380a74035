import type { Client } from 'pg';
import type { Passage } from '../../passage.ts';
import { isOneOf, keyList, keyRow, keyText, keyValue, sameKey, valuesOf, valuesOfAll } from './keys.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import { type RecordTable, writtenColumns } from './table.ts';

/** A record that was set aside, now and as the transform makes it; null where it is absent, or cannot be converted. */
export interface Quarantined {
  readonly key: string;
  readonly now: string | null;
  readonly then: string | null;
}

interface Retry {
  /** The table in use. */
  readonly table: RecordTable;
  readonly quarantine: Relation;
  readonly passage: Passage;
}

/** The next in key order, locked; with `kept`, as they are in the table in use. In the caller's transaction. */
export async function readQuarantined(
  client: Client,
  { table, quarantine, passage }: Retry,
  kept: boolean,
  after: string | null,
  size: number,
): Promise<Quarantined[]> {
  const { key } = table;
  const document = `${kept ? 't' : 'q'}.${quoted(table.document.name)}`;
  const join = kept ? `JOIN ${qualified(table)} AS t ON ${sameKey(key, 't', 'q')}` : '';
  const { rows } = await client.query<Quarantined>(
    `SELECT ${keyText(key, 'q')} AS key, ${document}::text AS now, (${passage.toSql(document)})::text AS then
     FROM ${qualified(quarantine)} AS q ${join}
     ${after === null ? '' : `WHERE ${keyRow(key, 'q')} > ${keyValue(key, 2)}`}
     ORDER BY ${keyList(key, 'q')} LIMIT $1 FOR UPDATE`,
    after === null ? [size] : [size, ...valuesOf(key, after)],
  );
  return rows;
}

/** Puts records into the table in use, converted. Returns the keys of those that had no other in their place. */
export async function insertQuarantined(
  client: Client,
  { table, quarantine, passage }: Retry,
  keys: readonly string[],
): Promise<Set<string>> {
  const columns = writtenColumns(table);
  const document = quoted(table.document.name);
  const values = columns.map((column) => (column === document ? passage.toSql(`q.${column}`) : `q.${column}`));
  const { rows } = await client.query<{ key: string }>(
    `INSERT INTO ${qualified(table)} AS t (${columns.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT ${values.join(', ')} FROM ${qualified(quarantine)} AS q WHERE ${isOneOf(table.key, 'q', 1)}
     ON CONFLICT DO NOTHING RETURNING ${keyText(table.key, 't')} AS key`,
    valuesOfAll(table.key, keys),
  );
  return new Set(rows.map(({ key }) => key));
}

/** Converts records that were kept as they were, where they are. */
export async function convertKept(client: Client, { table, passage }: Retry, keys: readonly string[]): Promise<void> {
  const document = quoted(table.document.name);
  await client.query(
    `UPDATE ${qualified(table)} AS t SET ${document} = ${passage.toSql(`t.${document}`)} WHERE ${isOneOf(table.key, 't', 1)}`,
    valuesOfAll(table.key, keys),
  );
}

export async function dropNotes(
  client: Client,
  { table, quarantine }: Pick<Retry, 'table' | 'quarantine'>,
  keys: readonly string[],
): Promise<void> {
  await client.query(
    `DELETE FROM ${qualified(quarantine)} WHERE ${isOneOf(table.key, undefined, 1)}`,
    valuesOfAll(table.key, keys),
  );
}

/** Notes of records that are not in the table in use any more. */
export async function dropVanishedNotes(
  client: Client,
  { table, quarantine }: Pick<Retry, 'table' | 'quarantine'>,
): Promise<void> {
  await client.query(
    `DELETE FROM ${qualified(quarantine)} AS q
     WHERE NOT EXISTS (SELECT FROM ${qualified(table)} AS t WHERE ${sameKey(table.key, 't', 'q')})`,
  );
}
