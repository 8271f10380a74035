import type { Client } from 'pg';

export interface ServerRoom {
  /** What the table takes now, with its indexes and what is stored out of line. */
  readonly bytes: number;
  /** Where the server keeps its files, on its own machine; undefined where the role may not know. */
  readonly folder: string | undefined;
  /** Of the cluster. */
  readonly identifier: string;
}

export async function readRoom(client: Client, oid: string): Promise<ServerRoom> {
  const { rows } = await client.query<{ bytes: string; folder: string | null; identifier: string }>(
    `SELECT pg_total_relation_size($1::oid::regclass) AS bytes,
       CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE') THEN current_setting('data_directory') END AS folder,
       (SELECT system_identifier::text FROM pg_control_system()) AS identifier`,
    [oid],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The server said nothing about its room.');
  return { bytes: Number(row.bytes), folder: row.folder ?? undefined, identifier: row.identifier };
}
