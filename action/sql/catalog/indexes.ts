import type { Client } from 'pg';
import type { IndexFacts } from '../../../core/sql/catalog/catalog.ts';

export interface IndexRow extends IndexFacts {
  readonly table: number;
  readonly schema: string;
}

interface Row {
  readonly table: number;
  readonly schema: string;
  readonly name: string;
  readonly valid: boolean;
  readonly columns: readonly (string | null)[];
}

/** Indexes with their key columns in order; an expression has no name. */
export async function readIndexes(client: Client): Promise<IndexRow[]> {
  const { rows } = await client.query<Row>(`
    SELECT x.indrelid::int8::float8 AS table, n.nspname AS schema, i.relname AS name, x.indisvalid AS valid,
      ARRAY(SELECT a.attname::text
        FROM generate_series(0, x.indnkeyatts - 1) AS k
          LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k] AND a.attnum > 0
        ORDER BY k) AS columns
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'`);
  return rows.map((row) => ({ ...row, columns: row.columns.map((column) => column ?? undefined) }));
}
