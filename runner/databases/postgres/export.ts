import type { Client } from 'pg';
import { qualified, quoted } from './relation.ts';
import type { Table } from './table.ts';

const portion = 1000;

/**
 * All rows of the table as of one moment, in portions: each row as its columns' texts, or (`asJson`) as one JSON object. The
 * snapshot is held until the last portion is read, and VACUUM with it.
 */
export async function* readRows(
  client: Client,
  table: Table,
  asJson: boolean,
): AsyncGenerator<(string | null)[][], void> {
  const columns = table.columns.map(({ name }) => `t.${quoted(name)}::text`).join(', ');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // Whoever reads may write to a slow disk meanwhile.
  await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await client.query(
    `DECLARE sluice_rows NO SCROLL CURSOR FOR SELECT ${asJson ? 'row_to_json(t)::text' : columns} FROM ${qualified(table)} AS t`,
  );
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `FETCH ${portion} FROM sluice_rows`,
      rowMode: 'array',
    });
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('COMMIT');
}
