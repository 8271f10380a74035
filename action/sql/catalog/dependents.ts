import type { Client } from 'pg';
import type { Dependent } from '../../../core/sql/catalog/catalog.ts';

interface Row {
  readonly table: number;
  readonly column: string | null;
  readonly kind: Dependent['kind'];
  readonly name: string;
}

/** Views, functions with a parsed body, policies, triggers, publications and foreign keys that use a table or its columns. */
export async function readDependents(client: Client): Promise<(Dependent & { table: number })[]> {
  const { rows } = await client.query<Row>(`
    WITH users AS (
      SELECT d.refobjid, d.refobjsubid, 'view' AS kind, v.relname::text AS name
      FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class
      WHERE d.classid = 'pg_rewrite'::regclass AND v.oid <> d.refobjid
    UNION
      SELECT d.refobjid, d.refobjsubid, 'function', p.proname FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
      WHERE d.classid = 'pg_proc'::regclass
    UNION
      SELECT d.refobjid, d.refobjsubid, 'policy', p.polname FROM pg_depend d JOIN pg_policy p ON p.oid = d.objid
      WHERE d.classid = 'pg_policy'::regclass AND d.refobjsubid > 0
    UNION
      SELECT d.refobjid, d.refobjsubid, 'trigger', t.tgname FROM pg_depend d JOIN pg_trigger t ON t.oid = d.objid
      WHERE d.classid = 'pg_trigger'::regclass AND NOT t.tgisinternal AND d.refobjsubid > 0
    UNION
      SELECT d.refobjid, d.refobjsubid, 'publication', p.pubname
      FROM pg_depend d JOIN pg_publication_rel r ON r.oid = d.objid JOIN pg_publication p ON p.oid = r.prpubid
      WHERE d.classid = 'pg_publication_rel'::regclass
    UNION
      SELECT k.confrelid, column_number, 'foreign key', k.conname
      FROM pg_constraint k CROSS JOIN unnest(k.confkey) AS column_number
      WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
    )
    SELECT DISTINCT c.oid::int8::float8 AS table, a.attname AS column, u.kind, u.name
    FROM users u JOIN pg_class c ON c.oid = u.refobjid
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.refobjsubid AND a.attnum > 0
    WHERE c.relkind IN ('r', 'p', 'm')
      AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    ORDER BY u.kind, u.name`);
  return rows.map((row) => ({ ...row, column: row.column ?? undefined }));
}
