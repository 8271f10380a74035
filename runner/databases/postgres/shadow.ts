import type { Client } from 'pg';
import type { RunNames } from './names.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import type { ColumnPlan } from './rows/plan-columns.ts';
import { alterColumns } from './rows/shadow-columns.ts';
import type { RecordTable } from './table.ts';

export function shadowOf(table: Relation, names: RunNames): Relation {
  return { schema: names.shadowSchema, name: table.name };
}

/**
 * Makes the empty twin, with columns, defaults, checks and the primary key, but without identity (LIKE would make a sequence
 * that starts again at 1) and without the other indexes, which are faster to build over what was copied. In the caller's
 * transaction.
 */
export async function createShadow(
  client: Client,
  table: RecordTable,
  names: RunNames,
  /** Where the columns are the properties. */
  columns?: ColumnPlan,
): Promise<void> {
  const shadow = qualified(shadowOf(table, names));
  await client.query(`CREATE SCHEMA ${quoted(names.shadowSchema)}`);
  await client.query(`CREATE SCHEMA ${quoted(names.oldSchema)}`);
  await client.query(
    `CREATE TABLE ${shadow} (LIKE ${qualified(table)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED
       INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING COMMENTS)`,
  );
  for (const { options } of await readStorageOptions(client, table.oid)) {
    await client.query(`ALTER TABLE ${shadow} SET (${options})`);
  }
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1 AND contype = 'p'`,
    [table.oid],
  );
  for (const { name, definition } of rows) {
    await client.query(`ALTER TABLE ${shadow} ADD CONSTRAINT ${quoted(name)} ${definition}`);
  }
  if (columns !== undefined) await alterColumns(client, shadow, columns);
  await client.query(`ALTER TABLE ${shadow} OWNER TO ${quoted(table.owner)}`);
}

/** As in `fillfactor=70, toast.autovacuum_enabled=off`. */
async function readStorageOptions(client: Client, oid: string): Promise<{ options: string }[]> {
  const { rows } = await client.query<{ options: string }>(
    `SELECT format('%s%I = %L', prefix, split_part(option, '=', 1), substr(option, strpos(option, '=') + 1)) AS options
     FROM pg_class c LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid,
       LATERAL (SELECT '' AS prefix, unnest(c.reloptions) AS option
                UNION ALL SELECT 'toast.', unnest(toast.reloptions)) AS all_options
     WHERE c.oid = $1`,
    [oid],
  );
  return rows;
}
