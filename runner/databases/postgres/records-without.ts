import type { Client } from 'pg';
import { keyColumns, keyList } from './keys.ts';
import { qualified, quoted } from './relation.ts';
import { isRow, type RecordTable } from './table.ts';

/**
 * How many records have nothing at a path. null is something, but for NULL in a column that is a property: rather one too many is counted
 * than one too few.
 */
export async function countRecordsWithout(
  client: Client,
  table: RecordTable,
  path: readonly string[],
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::float8 AS count FROM ${qualified(table)} AS t WHERE ${isWithout(table)}`,
    [[...path]],
  );
  return rows[0]?.count ?? 0;
}

/** The keys of the first of them, one text for each column of the key. */
export async function keysWithout(
  client: Client,
  table: RecordTable,
  path: readonly string[],
  limit: number,
): Promise<string[][]> {
  const { key } = table;
  const { rows } = await client.query<string[]>({
    text: `SELECT ${keyColumns(key, 't')
      .map((column) => `${column}::text`)
      .join(', ')} FROM ${qualified(table)} AS t WHERE ${isWithout(table)} ORDER BY ${keyList(key, 't')} LIMIT $2`,
    values: [[...path], limit],
    rowMode: 'array',
  });
  return rows;
}

/** Condition: the row `t` has nothing at the path `$1`. */
function isWithout(table: RecordTable): string {
  const row = `CASE WHEN jsonb_typeof(to_jsonb(t) -> ($1::text[])[1]) = 'null' THEN NULL ELSE to_jsonb(t) END`;
  const record = isRow(table) ? row : `${quoted(table.document.name)}::jsonb`;
  return `((${record}) #> $1::text[]) IS NULL`;
}
