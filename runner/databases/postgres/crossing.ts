import type { Client } from 'pg';
import type { Json } from '../../../core/schema/json.ts';
import { type Passage, RecordRefused, type Refusal } from '../../passage.ts';
import { keyList, keyRow, keyText, keyValue, valuesOf } from './keys.ts';
import { isNoted, type Refused, setAside } from './quarantine.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import { explainRow, moveColumns } from './rows/move-row.ts';
import type { RowCrossing } from './rows/row-crossing.ts';
import { moveScriptedColumns } from './rows/scripted-rows.ts';
import { moveScripted } from './scripted.ts';
import { type RecordTable, writtenColumns } from './table.ts';

/** Everything a statement needs to move records from one table to its twin. */
export interface Crossing {
  readonly table: RecordTable;
  readonly from: Relation;
  readonly to: Relation;
  readonly passage: Passage;
  /** Where the columns are the properties. */
  readonly rows?: RowCrossing;
  /** Where records go that are not valid, where the run may set them aside; absent: the first of them stops the run. */
  readonly aside?: Quarantine;
  /** Rows that are in `to` alone, and stay there when the source was emptied. */
  readonly spare?: Relation;
}

export interface Quarantine {
  readonly table: Relation;
  /** Whether the records are in the new table too, as they were. */
  readonly keep: boolean;
  /** Only records that are noted there already may stay as they are: on the way back. */
  readonly notedOnly?: boolean;
}

/** A moved record, as text: JSON.parse would round large numbers, so what is stored never passes through JavaScript. */
export type MovedRow = [key: string, document: string | null, absent: boolean, refusal?: Refusal];

/** Moves the records of `taken`, a query with these values; says of each what has become of it. */
export async function moveRows(
  client: Client,
  crossing: Crossing,
  taken: string,
  values: readonly unknown[],
): Promise<MovedRow[]> {
  const { rows: columns } = crossing;
  const { script } = crossing.passage;
  if (columns !== undefined) {
    if (script === undefined) return moveColumns(client, crossing, columns, taken, values);
    return moveScriptedColumns(client, crossing, columns, script, taken, values);
  }
  if (script !== undefined) return moveScripted(client, crossing, script, taken, values);
  const { rows } = await client.query<MovedRow>({
    text: moveSql(crossing, taken),
    values: [...values],
    rowMode: 'array',
  });
  return rows;
}

/**
 * The statement that moves the records of `taken` (a query over the source's columns, of the alias's name) and gives back
 * what it wrote, in the order of the key column (named in full: `ORDER BY id` would sort the text that is given back). Records that cannot be converted are given back without a document and not written.
 * `ON CONFLICT DO NOTHING`: what is there already came from a later look at the record.
 */
function moveSql({ table, to, passage }: Crossing, taken: string): string {
  const written = writtenColumns(table);
  const { key } = table;
  const document = quoted(table.document.name);
  const list = written.join(', ');
  const values = written
    .map((name) => (name === document ? `${passage.toSql(`taken.${name}`)} AS ${name}` : `taken.${name}`))
    .join(', ');
  return `WITH page AS MATERIALIZED (
      SELECT ${values}, taken.${document} IS NULL AS sluice_absent FROM (${taken}) AS taken
    ), moved AS (
      INSERT INTO ${qualified(to)} (${list}) OVERRIDING SYSTEM VALUE
      SELECT ${list} FROM page WHERE ${document} IS NOT NULL OR sluice_absent
      ON CONFLICT (${keyList(key)}) DO NOTHING
    )
    SELECT ${keyText(key, 'page')}, ${document}::text, sluice_absent FROM page ORDER BY ${keyList(key, 'page')}`;
}

/**
 * Every moved record must have been converted and be valid. Those that are not are set aside where the crossing allows it;
 * otherwise the first throws `RecordRefused`, so that the caller's transaction rolls back. Returns how many were set aside.
 */
export async function settleMoved(client: Client, crossing: Crossing, rows: readonly MovedRow[]): Promise<number> {
  const { aside, passage } = crossing;
  const refused: Refused[] = [];
  for (const [key, document, absent, reason] of rows) {
    if (document === null && absent) continue;
    const violation = document === null ? undefined : passage.violation(JSON.parse(document) as Json);
    if (document !== null && violation === undefined) continue;
    const refusal = violation ?? reason ?? (await explain(client, crossing, key));
    if (aside === undefined || (aside.notedOnly && !(await isNoted(client, crossing.table, aside.table, key)))) {
      throw new RecordRefused(key, refusal, violation ? 'validating' : 'converting');
    }
    refused.push({ key, ...refusal });
  }
  if (aside !== undefined && refused.length > 0) {
    await setAside(client, { ...crossing, quarantine: aside.table, keep: aside.keep }, refused);
  }
  return refused.length;
}

async function explain(client: Client, crossing: Crossing, key: string): Promise<Refusal> {
  if (crossing.rows !== undefined) return explainRow(client, crossing, key);
  const { table, from, passage } = crossing;
  const { rows } = await client.query<{ document: string | null }>(
    `SELECT ${quoted(table.document.name)}::text AS document FROM ${qualified(from)}
     WHERE ${keyRow(table.key)} = ${keyValue(table.key, 1)}`,
    valuesOf(table.key, key),
  );
  const text = rows[0]?.document ?? null;
  // Changed or deleted in the meantime: the run goes on with what it finds when it is tried again.
  if (text === null) return { pointer: '', reason: 'could not be converted and has changed since' };
  return passage.refusal(JSON.parse(text) as Json);
}
