import type { Client } from 'pg';
import { keyText } from '../../../runner/databases/postgres/keys.ts';
import { qualified, quoted } from '../../../runner/databases/postgres/relation.ts';
import type { RecordTable } from '../../../runner/databases/postgres/table.ts';

export type SampledRow = [key: string, before: string, after: string | null];

/**
 * Some documents as they are and as the expression makes them, from pages all over the table. `records`: how many the table
 * has, for choosing the pages. Ends by itself where the server takes longer than ten seconds.
 */
export async function readSample(
  client: Client,
  table: RecordTable,
  toSql: (document: string) => string,
  wanted: number,
  records: number,
): Promise<SampledRow[]> {
  const document = quoted(table.document.name);
  const percent = Math.min(100, (100 * wanted * 2) / Math.max(1, records));
  // Few pages may all be missed by chance.
  const sampled = records > wanted * 10 ? `TABLESAMPLE SYSTEM (${percent})` : '';
  await client.query("BEGIN READ ONLY; SET LOCAL statement_timeout = '10s'");
  try {
    const { rows } = await client.query<SampledRow>({
      text: `SELECT ${keyText(table.key, 's')}, s.${document}::text, (${toSql(`s.${document}`)})::text
        FROM (SELECT * FROM ${qualified(table)} ${sampled} WHERE ${document} IS NOT NULL LIMIT ${wanted}) AS s`,
      rowMode: 'array',
    });
    return rows;
  } finally {
    await client.query('ROLLBACK');
  }
}
