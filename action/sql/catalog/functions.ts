import type { Client } from 'pg';

export interface FunctionRow {
  readonly schema: string;
  readonly name: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
}

/** Functions that are not built in. Of several with one name, the most volatile counts. */
export async function readFunctions(client: Client): Promise<FunctionRow[]> {
  const { rows } = await client.query<FunctionRow>(`
    SELECT n.nspname AS schema, p.proname AS name,
      CASE max(array_position(ARRAY['i', 's', 'v'], p.provolatile::text))
        WHEN 1 THEN 'immutable' WHEN 2 THEN 'stable' ELSE 'volatile' END AS volatility
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
    GROUP BY n.nspname, p.proname`);
  return rows;
}
