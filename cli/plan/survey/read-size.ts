import type { Client } from 'pg';

export interface TableSize {
  /** -1: never analysed. */
  readonly records: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
  readonly indexes: number;
}

/** From the catalog and the file system of the server: no row is read. */
export async function readSize(client: Client, oid: string): Promise<TableSize> {
  const { rows } = await client.query<{ records: number; table: string; index: string; indexes: number }>(
    `SELECT reltuples::float8 AS records, pg_table_size(oid) AS "table", pg_indexes_size(oid) AS "index",
       (SELECT count(*)::int FROM pg_index WHERE indrelid = c.oid) AS indexes
     FROM pg_class c WHERE oid = $1`,
    [oid],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The table is gone.');
  return { records: row.records, tableBytes: Number(row.table), indexBytes: Number(row.index), indexes: row.indexes };
}
