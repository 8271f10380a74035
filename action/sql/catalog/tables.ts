import type { Client } from 'pg';

export interface TableRow {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** -1: never analysed. */
  readonly rows: number;
  readonly bytes: number;
  readonly policies: number;
}

/**
 * Tables, partitioned tables and materialized views. Sizes come from the server's statistics: asking for the size itself
 * would wait for whoever has the table locked.
 */
export async function readTables(client: Client): Promise<TableRow[]> {
  const { rows } = await client.query<TableRow>(`
    SELECT c.oid::int8::float8 AS oid, n.nspname AS schema, c.relname AS name, c.reltuples::float8 AS rows,
      ((c.relpages
        + coalesce((SELECT sum(i.relpages) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid), 0)
        + coalesce((SELECT t.relpages FROM pg_class t WHERE t.oid = c.reltoastrelid), 0)
      )::float8 * current_setting('block_size')::float8) AS bytes,
      (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)::int AS policies
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname !~ '^pg_(toast|temp)'`);
  return rows;
}
