import type { Client } from 'pg';
import { isObject, type Json, type JsonObject, own } from '../../../../core/schema/json.ts';
import { appendPointer } from '../../../../core/schema/pointer.ts';
import type { Refusal } from '../../../passage.ts';
import type { Crossing, MovedRow } from '../crossing.ts';
import { keyList, keyRow, keyText, keyValue, valuesOf } from '../keys.ts';
import { qualified, quoted } from '../relation.ts';
import type { RowCrossing } from './row-crossing.ts';
import { crossedSql } from './row-sql.ts';

/** What a crossing needs to be one of rows. */
type Crossed = Pick<Crossing, 'table' | 'from' | 'to' | 'passage'>;

/**
 * Moves the rows of `taken` and gives back each record as it is read from its new columns: that is what has to be valid. Those that do
 * not fit are given back without a record, and not written. `ON CONFLICT DO NOTHING`: what is there already came from a later look.
 */
export async function moveColumns(
  client: Client,
  { table: { key }, to, passage }: Crossed,
  rows: RowCrossing,
  taken: string,
  values: readonly unknown[],
): Promise<MovedRow[]> {
  const list = rows.written.map(({ name }) => quoted(name)).join(', ');
  const { rows: moved } = await client.query<MovedRow>({
    text: `WITH page AS MATERIALIZED (${crossedSql(rows, key, to, passage, taken)}), moved AS (
        INSERT INTO ${qualified(to)} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM page WHERE sluice_fits
        ON CONFLICT (${keyList(key)}) DO NOTHING
      )
      SELECT ${keyText(key, 'page')}, CASE WHEN sluice_fits THEN sluice_read::text END, false FROM page ORDER BY ${keyList(key, 'page')}`,
    values: [...values],
    rowMode: 'array',
  });
  return moved;
}

/** Why a row has no way over. */
export async function explainRow(client: Client, crossing: Crossing, key: string): Promise<Refusal> {
  const { table, from } = crossing;
  const taken = `SELECT * FROM ${qualified(from)} WHERE ${keyRow(table.key)} = ${keyValue(table.key, 1)}`;
  const [tried] = await tryRows(client, crossing, taken, valuesOf(table.key, key));
  // Changed or deleted in the meantime: the run goes on with what it finds when it is tried again.
  return tried?.refusal ?? { pointer: '', reason: 'could not be converted and has changed since' };
}

/** What would become of the rows of `taken`; writes nothing. In key order; without a refusal a row can go over. */
export async function tryRows(
  client: Client,
  { table, to, passage, rows }: Crossing,
  taken: string,
  values: readonly unknown[],
): Promise<{ readonly key: string; readonly refusal: Refusal | undefined }[]> {
  if (rows === undefined) throw new Error('The records are documents.');
  const { rows: tried } = await client.query<[string, string, string | null, string, boolean]>({
    text: `SELECT ${keyText(table.key, 'tried')}, sluice_record::text, sluice_converted::text, sluice_read::text, sluice_fits
      FROM (${crossedSql(rows, table.key, to, passage, taken)}) AS tried ORDER BY ${keyList(table.key, 'tried')}`,
    values: [...values],
    rowMode: 'array',
  });
  return tried.map(([key, record, converted, read, fits]) => {
    if (converted === null) return { key, refusal: passage.refusal(JSON.parse(record) as Json) };
    const [wanted, found] = [converted, read].map((text) => JSON.parse(text) as Json) as [Json, Json];
    return {
      key,
      refusal: passage.violation(fits ? found : wanted) ?? (fits ? undefined : misfit(rows, wanted, found)),
    };
  });
}

/** The first property that its column does not hold as it is. */
export function misfit(rows: RowCrossing, converted: Json, read: Json): Refusal {
  const [wanted, found] = [converted, read].map((json) => (isObject(json) ? json : {})) as [JsonObject, JsonObject];
  for (const [name, value] of Object.entries(wanted)) {
    const pointer = appendPointer('', name);
    if (!rows.result.some((column) => column.name === name)) return { pointer, reason: 'has no column' };
    if (JSON.stringify(value) !== JSON.stringify(own(found, name))) {
      return { pointer, reason: 'would not be the same in its column' };
    }
  }
  return { pointer: '', reason: 'does not fit the columns of the table' };
}
