import type { Client } from 'pg';

export interface DomainRow {
  readonly schema: string;
  readonly name: string;
  readonly constrained: boolean;
}

export async function readDomains(client: Client): Promise<DomainRow[]> {
  const { rows } = await client.query<DomainRow>(`
    SELECT n.nspname AS schema, t.typname AS name,
      t.typnotnull OR EXISTS (SELECT FROM pg_constraint k WHERE k.contypid = t.oid) AS constrained
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'd' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`);
  return rows;
}
