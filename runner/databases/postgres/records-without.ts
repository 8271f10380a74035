import type { Client } from 'pg';
import { qualified, quoted } from './relation.ts';
import type { RecordTable } from './table.ts';

/** How many records have nothing at a path. null is something. */
export async function countRecordsWithout(
  client: Client,
  table: RecordTable,
  path: readonly string[],
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::float8 AS count FROM ${qualified(table)} WHERE (${quoted(table.document.name)}::jsonb #> $1) IS NULL`,
    [[...path]],
  );
  return rows[0]?.count ?? 0;
}
