import type { Client } from 'pg';
import type { Obstacle } from './obstacle.ts';
import { qualified } from './relation.ts';
import type { Table } from './table.ts';

/**
 * Everything that hangs on the table and that a swap would leave behind with the old one. What the swap carries over
 * (indexes, constraints, foreign keys both ways, sequences, user triggers, policies, views, grants, comments) is not listed;
 * whatever is not known to be carried is.
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
         WHEN d.classid = 'pg_rewrite'::regclass THEN 'rule'
         WHEN d.classid = 'pg_constraint'::regclass THEN 'foreign-key'
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
       AND NOT (d.classid = 'pg_policy'::regclass AND EXISTS (
         SELECT FROM pg_policy p WHERE p.oid = d.objid AND p.polrelid = r.main))
       AND NOT (d.classid = 'pg_rewrite'::regclass AND EXISTS (
         SELECT FROM pg_rewrite w JOIN pg_class v ON v.oid = w.ev_class AND v.relkind = 'v' AND pg_has_role(v.relowner, 'USAGE')
         WHERE w.oid = d.objid AND w.rulename = '_RETURN'))
       AND NOT (d.classid = 'pg_class'::regclass AND d.objid = r.main)
       AND NOT (d.classid = 'pg_constraint'::regclass AND EXISTS (
         SELECT FROM pg_constraint k WHERE k.oid = d.objid AND k.conrelid = r.main AND (k.contype IN ('c', 'n', 'p', 'u', 'x')
           OR k.contype = 'f' AND k.conparentid = 0 AND k.confrelid <> r.main AND EXISTS (
             SELECT FROM pg_class c WHERE c.oid = k.confrelid AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE')))))
       AND NOT (d.classid = 'pg_constraint'::regclass AND EXISTS (
         SELECT FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         WHERE k.oid = d.objid AND k.confrelid = r.main AND k.conrelid <> r.main AND k.contype = 'f' AND k.conparentid = 0
           AND c.relkind = 'r' AND NOT c.relispartition AND pg_has_role(c.relowner, 'USAGE')))
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
    case 'rule':
      return 'Drop it before the run and create it again afterwards; the runner carries plain views over, when its role owns them.';
    case 'foreign-key':
      return 'Drop it before the run and add it again afterwards; the runner carries foreign keys over between two ordinary tables, when its role owns both.';
    case 'publication':
      return 'Take the table out of the publication for the run: subscribers would not see the swap.';
    default:
      return 'Drop it before the run and create it again afterwards; the runner does not know how to carry it over.';
  }
}
