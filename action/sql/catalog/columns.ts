import type { Client } from 'pg';
import type { ColumnFacts } from '../../../core/sql/catalog/catalog.ts';

interface Row {
  readonly table: number;
  readonly name: string;
  readonly type: string;
  readonly typmod: number;
  readonly not_null: boolean;
  readonly last: number | null;
}

/** Columns with their types, and for those that a sequence fills, how far it has come. */
export async function readColumns(client: Client): Promise<(ColumnFacts & { table: number; name: string })[]> {
  const { rows } = await client.query<Row>(`
    SELECT a.attrelid::int8::float8 AS table, a.attname AS name, a.atttypmod AS typmod,
      CASE WHEN n.nspname IN ('pg_catalog', 'public') THEN t.typname ELSE n.nspname || '.' || t.typname END AS type,
      -- From PostgreSQL 18 on, attnotnull is also true for a NOT NULL that was never validated.
      a.attnotnull AND NOT EXISTS (
        SELECT FROM pg_constraint k
        WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND NOT k.convalidated AND a.attnum = ANY (k.conkey)
      ) AS not_null,
      -- CASE, because the order in which a WHERE clause is tried is the planner's.
      (SELECT max(CASE WHEN s.relkind = 'S' THEN
            CASE WHEN has_sequence_privilege(s.oid, 'SELECT, USAGE') THEN pg_sequence_last_value(s.oid) END END)::float8
        FROM pg_depend d JOIN pg_class s ON s.oid = d.objid
        WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
          AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum) AS last
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm')
      AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`);
  return rows.map(({ table, name, type, typmod, not_null, last }) => {
    const largest = type === 'int4' ? 2_147_483_647 : type === 'int2' ? 32_767 : undefined;
    return {
      table,
      name,
      type,
      modifiers: modifiersOf(type, typmod),
      notNull: not_null,
      ...(last === null || largest === undefined ? {} : { used: last / largest }),
    };
  });
}

/** What pg_attribute packs into one number, as people write it. */
export function modifiersOf(type: string, typmod: number): number[] {
  if (typmod < 0) return [];
  if (type === 'varchar' || type === 'bpchar') return [typmod - 4];
  if (type === 'numeric') return [((typmod - 4) >> 16) & 0xffff, (((typmod - 4) & 0x7ff) ^ 1024) - 1024];
  return [typmod];
}
