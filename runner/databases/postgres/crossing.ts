import type { Client } from 'pg';
import type { Json } from '../../../core/schema/json.ts';
import { type Passage, RecordRefused } from '../../passage.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import type { RecordTable } from './table.ts';

/** Everything a statement needs to move records from one table to its twin. */
export interface Crossing {
  readonly table: RecordTable;
  readonly from: Relation;
  readonly to: Relation;
  readonly passage: Passage;
}

/** A moved record, as text: JSON.parse would round large numbers, so what is stored never passes through JavaScript. */
export type MovedRow = [key: string, document: string | null, absent: boolean];

/**
 * The statement that moves the records of `taken` (a query over the source's columns, of the alias's name) and gives back
 * what it wrote, in the order of the key column (named in full: `ORDER BY id` would sort the text that is given back). Records that cannot be converted are given back without a document and not written.
 * `ON CONFLICT DO NOTHING`: what is there already came from a later look at the record.
 */
export function moveSql({ table, to, passage }: Crossing, taken: string): string {
  const written = table.columns.filter((column) => !column.generated);
  const key = quoted(table.key.name);
  const document = quoted(table.document.name);
  const list = written.map((column) => quoted(column.name)).join(', ');
  const values = written
    .map((column) => {
      const name = quoted(column.name);
      return column.name === table.document.name ? `${passage.toSql(`taken.${name}`)} AS ${name}` : `taken.${name}`;
    })
    .join(', ');
  return `WITH page AS MATERIALIZED (
      SELECT ${values}, taken.${document} IS NULL AS sluice_absent FROM (${taken}) AS taken
    ), moved AS (
      INSERT INTO ${qualified(to)} (${list}) OVERRIDING SYSTEM VALUE
      SELECT ${list} FROM page WHERE ${document} IS NOT NULL OR sluice_absent
      ON CONFLICT (${key}) DO NOTHING
    )
    SELECT ${key}::text, ${document}::text, sluice_absent FROM page ORDER BY page.${key}`;
}

/**
 * Every moved record must have been converted and be valid. Throws `RecordRefused` at the first that is not, so that the
 * caller's transaction rolls back.
 */
export async function checkMoved(client: Client, crossing: Crossing, rows: readonly MovedRow[]): Promise<void> {
  for (const [key, document, absent] of rows) {
    if (document !== null) {
      const violation = crossing.passage.violation(JSON.parse(document) as Json);
      if (violation !== undefined) throw new RecordRefused(key, violation, 'validating');
    } else if (!absent) {
      throw new RecordRefused(key, await explain(client, crossing, key), 'converting');
    }
  }
}

async function explain(client: Client, { table, from, passage }: Crossing, key: string) {
  const { rows } = await client.query<{ document: string | null }>(
    `SELECT ${quoted(table.document.name)}::text AS document FROM ${qualified(from)}
     WHERE ${quoted(table.key.name)} = $1::${table.key.type}`,
    [key],
  );
  const text = rows[0]?.document ?? null;
  // Changed or deleted in the meantime: the run goes on with what it finds when it is tried again.
  if (text === null) return { pointer: '', reason: 'could not be converted and has changed since' };
  return passage.refusal(JSON.parse(text) as Json);
}
