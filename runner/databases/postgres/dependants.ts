import type { Client } from 'pg';
import type { Obstacle } from './obstacle.ts';
import { qualified } from './relation.ts';
import type { Table } from './table.ts';

/**
 * Everything that hangs on the table and that a swap would leave behind with the old one. What the swap carries over
 * (indexes, checks, unique constraints, sequences, user triggers, grants, comments) is not listed; whatever is not known to
 * be carried is.
 */
export async function findDependants(client: Client, table: Table): Promise<Obstacle[]> {
  const { rows } = await client.query<{ kind: string; description: string }>(
    `WITH related AS (
       SELECT 'pg_class'::regclass AS class, c.oid, c.oid AS main FROM pg_class c WHERE c.oid = $1
       UNION ALL SELECT 'pg_type'::regclass, c.reltype, c.oid FROM pg_class c WHERE c.oid = $1
       UNION ALL SELECT 'pg_type'::regclass, t.typarray, c.oid FROM pg_class c JOIN pg_type t ON t.oid = c.reltype WHERE c.oid = $1
     )
     SELECT DISTINCT
       CASE
         WHEN d.classid = 'pg_rewrite'::regclass THEN 'view'
         WHEN d.classid = 'pg_constraint'::regclass THEN 'foreign-key'
         WHEN d.classid = 'pg_policy'::regclass THEN 'policy'
         WHEN d.classid IN ('pg_publication_rel'::regclass, 'pg_publication'::regclass) THEN 'publication'
         ELSE 'other'
       END AS kind,
       CASE WHEN d.classid = 'pg_rewrite'::regclass
         THEN (SELECT pg_describe_object('pg_class'::regclass, r.ev_class, 0) FROM pg_rewrite r WHERE r.oid = d.objid)
         ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END AS description
     FROM related r JOIN pg_depend d ON d.refclassid = r.class AND d.refobjid = r.oid
     WHERE NOT (d.classid = 'pg_attrdef'::regclass)
       AND NOT (d.classid = 'pg_type'::regclass)
       AND NOT (d.classid = 'pg_class'::regclass AND EXISTS (
         SELECT FROM pg_class c WHERE c.oid = d.objid AND c.relkind IN ('i', 't', 'S')))
       AND NOT (d.classid = 'pg_trigger'::regclass)
       AND NOT (d.classid = 'pg_class'::regclass AND d.objid = r.main)
       AND NOT (d.classid = 'pg_constraint'::regclass AND EXISTS (
         SELECT FROM pg_constraint k WHERE k.oid = d.objid AND k.conrelid = r.main AND k.contype IN ('c', 'n', 'p', 'u', 'x')))
     ORDER BY 1, 2`,
    [table.oid],
  );
  const name = qualified(table);
  return rows.map(({ kind, description }) => ({
    problem: `${description} hangs on ${name} and would stay with the old table`,
    remedy: remedyFor(kind),
  }));
}

function remedyFor(kind: string): string {
  switch (kind) {
    case 'view':
      return 'Drop it before the run and create it again afterwards; the runner cannot carry views over yet.';
    case 'foreign-key':
      return 'Drop the foreign key before the run and add it again afterwards; the runner cannot carry foreign keys over yet.';
    case 'policy':
      return 'The runner cannot carry row-level security over yet: disable it for the run.';
    case 'publication':
      return 'Take the table out of the publication for the run: subscribers would not see the swap.';
    default:
      return 'Drop it before the run and create it again afterwards; the runner does not know how to carry it over.';
  }
}
