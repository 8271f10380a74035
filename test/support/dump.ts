import type { Pool } from 'pg';
import { readCatalog } from '../../runner/databases/postgres/catalog.ts';

/** All tables outside `sluice_runner` with their catalog and rows, and what else a run could leave behind, as lines of text. */
export async function dumpDatabase(target: Pool): Promise<string[]> {
  const client = await target.connect();
  try {
    await client.query("SET search_path = ''");
    const { rows: tables } = await client.query<{ oid: string; name: string }>(
      `SELECT c.oid::text AS oid, c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema|sluice_runner)' ORDER BY 2`,
    );
    const lines: string[] = [];
    for (const { oid, name } of tables) {
      lines.push(name, ...(await readCatalog(client, oid)));
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t ORDER BY 1`);
      lines.push(...rows.map(({ row }) => row));
    }
    const { rows: others } = await client.query<{ line: string }>(
      `SELECT 'schema ' || nspname AS line FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema|sluice_runner)'
       UNION ALL SELECT 'function ' || p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname !~ '^(pg_catalog|information_schema)'
       UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
       UNION ALL SELECT 'sequence ' || seqrelid::regclass FROM pg_sequence
       UNION ALL SELECT 'log ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'sluice_runner' AND c.relkind = 'r' AND c.relname NOT IN ('ledger', 'ranges', 'lanes')
       ORDER BY 1`,
    );
    return [...lines, ...others.map(({ line }) => line)];
  } finally {
    client.release(true);
  }
}
