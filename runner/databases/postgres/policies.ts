import type { Client } from 'pg';
import { planned } from './planned.ts';
import { qualified, quoted, type Relation } from './relation.ts';

/** Row-level security of a table, as statements that make it again on the table of that name. */
export interface RowSecurity {
  readonly enabled: boolean;
  readonly policies: readonly string[];
}

export async function readRowSecurity(client: Client, oid: string, on: Relation): Promise<RowSecurity> {
  const { rows } = await client.query<{ statement: string }>(
    planned(
      'policies',
      `SELECT format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', polname, $2::text,
         CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
         CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
         (SELECT string_agg(CASE WHEN role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END, ', ') FROM unnest(polroles) AS role))
       || coalesce(' USING (' || pg_get_expr(polqual, polrelid) || ')', '')
       || coalesce(' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '') AS statement
     FROM pg_policy WHERE polrelid = $1 ORDER BY polname`,
      [oid, qualified(on)],
    ),
  );
  const { rows: flags } = await client.query<{ enabled: boolean }>(
    planned('row security', 'SELECT relrowsecurity AS enabled FROM pg_class WHERE oid = $1', [oid]),
  );
  return { enabled: flags[0]?.enabled === true, policies: rows.map(({ statement }) => statement) };
}

export async function createRowSecurity(client: Client, on: Relation, security: RowSecurity): Promise<void> {
  for (const statement of security.policies) await client.query(statement);
  if (security.enabled) await client.query(`ALTER TABLE ${qualified(on)} ENABLE ROW LEVEL SECURITY`);
}

/** Policies may carry comments too. */
export async function copyPolicyComments(client: Client, oid: string, on: Relation): Promise<void> {
  const { rows } = await client.query<{ name: string; comment: string }>(
    planned(
      'policy comments',
      `SELECT polname AS name, description AS comment FROM pg_policy
     JOIN pg_description ON objoid = pg_policy.oid AND classoid = 'pg_policy'::regclass WHERE polrelid = $1`,
      [oid],
    ),
  );
  for (const { name, comment } of rows) {
    await client.query(`COMMENT ON POLICY ${quoted(name)} ON ${qualified(on)} IS ${client.escapeLiteral(comment)}`);
  }
}
