import type { Client } from 'pg';
import { planned } from './planned.ts';
import { qualified, type Relation } from './relation.ts';

/** A view that reads the table. */
export interface View extends Relation {
  /** SELECT …, with all names in full. */
  readonly definition: string;
  /** As in `security_barrier=true`. */
  readonly options: readonly string[];
}

export async function readViews(client: Client, oid: string): Promise<View[]> {
  const { rows } = await client.query<View>(
    planned(
      'views',
      `SELECT DISTINCT n.nspname AS schema, v.relname AS name, pg_get_viewdef(v.oid) AS definition,
       coalesce(v.reloptions, '{}') AS options
     FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass AND r.rulename = '_RETURN'
     JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v' JOIN pg_namespace n ON n.oid = v.relnamespace
     WHERE (d.refclassid = 'pg_class'::regclass AND d.refobjid = $1)
        OR (d.refclassid = 'pg_type'::regclass AND d.refobjid = (SELECT reltype FROM pg_class WHERE oid = $1))
     ORDER BY 1, 2`,
      [oid],
    ),
  );
  return rows;
}

/** In the order in which readers of a view take their locks: the view first, then its tables. */
export async function lockViews(client: Client, views: readonly View[]): Promise<void> {
  for (const view of views) {
    // ONLY the view: LOCK TABLE on a view takes its tables too, which are ours to lock next anyway.
    await client.query(`LOCK TABLE ${qualified(view)} IN ACCESS EXCLUSIVE MODE`);
  }
}

/** The same views over the table that has the name now. Their owners, grants and dependants stay. */
export async function bindViews(client: Client, views: readonly View[]): Promise<void> {
  for (const view of views) {
    const options = view.options.length === 0 ? '' : `WITH (${view.options.join(', ')})`;
    await client.query(`CREATE OR REPLACE VIEW ${qualified(view)} ${options} AS ${view.definition}`);
  }
}
