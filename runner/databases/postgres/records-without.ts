import type { Client } from 'pg';
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
  const row = `CASE WHEN jsonb_typeof(to_jsonb(t) -> ($1::text[])[1]) = 'null' THEN NULL ELSE to_jsonb(t) END`;
  const record = isRow(table) ? row : `${quoted(table.document.name)}::jsonb`;
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::float8 AS count FROM ${qualified(table)} AS t WHERE ((${record}) #> $1::text[]) IS NULL`,
    [[...path]],
  );
  return rows[0]?.count ?? 0;
}
