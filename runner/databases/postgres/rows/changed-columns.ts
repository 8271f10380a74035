import type { Client } from 'pg';
import { notOurs } from '../catalog.ts';
import type { Obstacle } from '../obstacle.ts';
import { qualified, quoted } from '../relation.ts';
import type { Table } from '../table.ts';
import type { ColumnPlan } from './plan-columns.ts';
import { renames } from './row-crossing.ts';

/** What hangs on columns that do not stay as they are, so that the swap could not carry it over. Writes nothing. */
export async function findColumnDependants(client: Client, table: Table, plan: ColumnPlan): Promise<Obstacle[]> {
  const retyped = plan.columns.flatMap(({ change, from }) =>
    change === 'retyped' && from !== undefined ? [from] : [],
  );
  const gone = [...plan.dropped, ...retyped];
  const { rows } = await client.query<{ column: string; description: string }>(
    `SELECT DISTINCT a.attname AS column, CASE WHEN d.classid = 'pg_rewrite'::regclass
         THEN (SELECT pg_describe_object('pg_class'::regclass, r.ev_class, 0) FROM pg_rewrite r WHERE r.oid = d.objid)
         ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END AS description
     FROM pg_depend d JOIN pg_attribute a ON a.attrelid = $1 AND a.attnum = d.refobjsubid AND a.attname = ANY ($2)
     WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1
       AND NOT (d.classid = 'pg_attrdef'::regclass AND EXISTS (
         SELECT FROM pg_attrdef f WHERE f.oid = d.objid AND f.adrelid = $1 AND f.adnum = a.attnum))
       AND NOT (d.classid = 'pg_constraint'::regclass AND EXISTS (
         SELECT FROM pg_constraint k WHERE k.oid = d.objid AND k.contype = 'n'))
     ORDER BY 1, 2`,
    [table.oid, gone],
  );
  const others = rows.map(({ column, description }) => ({
    problem: `${description} needs the column ${quoted(column)} of ${qualified(table)}, which ${plan.dropped.includes(column) ? 'is dropped' : 'gets another type'}`,
    remedy: 'Drop it before the run, and make what is still wanted of it anew afterwards.',
  }));
  return gone.length + renames(plan).length === 0 ? others : [...others, ...(await findTriggers(client, table))];
}

/** Their functions may name any column. */
async function findTriggers(client: Client, table: Table): Promise<Obstacle[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tgname AS name FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal AND ${notOurs} ORDER BY 1`,
    [table.oid],
  );
  return rows.map(({ name }) => ({
    problem: `The trigger ${quoted(name)} of ${qualified(table)} may use columns that are dropped, renamed or get another type`,
    remedy: 'Drop it before the run, and create it again afterwards for the new columns.',
  }));
}
