import type { Client } from 'pg';
import type { Target } from '../../../core/configuration/configuration.ts';
import type { Key } from './keys.ts';
import { qualified, quoted, type Relation } from './relation.ts';

export interface Column {
  readonly name: string;
  /** As PostgreSQL writes it, such as `character varying(20)`. */
  readonly type: string;
  /** Computed by the database: cannot be written. */
  readonly generated: boolean;
  readonly identity: 'always' | 'by-default' | undefined;
}

/** A table that holds records, as the catalog describes it. */
export interface Table extends Relation {
  readonly oid: string;
  readonly owner: string;
  readonly kind: string;
  readonly persistence: string;
  readonly columns: readonly Column[];
  /** Column names of the primary key, in its order; empty when there is none. */
  readonly primaryKey: readonly string[];
}

/** What the runner moves: the table, its primary key and its document column. */
export interface RecordTable extends Table {
  readonly key: Key;
  readonly document: Column;
}

/** In the place of the document column where the columns are the properties: no statement that means a document can use it. */
const wholeRow: Column = { name: '*', type: 'record', generated: true, identity: undefined };

/** Whether the record is the row itself. */
export function isRow({ document }: Pick<RecordTable, 'document'>): boolean {
  return document === wholeRow;
}

/** Quoted names of the columns that can be written. */
export function writtenColumns(table: Table): string[] {
  return table.columns.filter((column) => !column.generated).map((column) => quoted(column.name));
}

/** The columns that a target names as its key: one, or several with commas between. */
export function keyNames(target: Target): string[] {
  return target.key.split(',').map((name) => name.trim());
}

/** Undefined when the table has no such columns. */
export function recordTableOf(table: Table, target: Target): RecordTable | undefined {
  // In the order of the primary key, which is that of its index.
  const [first, ...others] = table.primaryKey.flatMap((name) => table.columns.filter((column) => column.name === name));
  const document =
    target.document === undefined ? wholeRow : table.columns.find((column) => column.name === target.document);
  const named = keyNames(target);
  const same = named.length === table.primaryKey.length && named.every((name) => table.primaryKey.includes(name));
  if (first === undefined || document === undefined || !same) return undefined;
  return { ...table, key: [first, ...others], document };
}

/** `table` alone means schema `public`. */
export function relationOf(target: Target): Relation {
  const dot = target.table.indexOf('.');
  if (dot < 0) return { schema: 'public', name: target.table };
  return { schema: target.table.slice(0, dot), name: target.table.slice(dot + 1) };
}

export async function readTable(client: Client, { schema, name }: Relation): Promise<Table | undefined> {
  const { rows } = await client.query<Omit<Table, 'columns' | 'primaryKey'> & { primaryKey: string[] }>(
    `SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
       c.relkind AS kind, c.relpersistence AS persistence,
       coalesce((SELECT json_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_index i
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
         WHERE i.indrelid = c.oid AND i.indisprimary), '[]') AS "primaryKey"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [schema, name],
  );
  const [table] = rows;
  return table && { ...table, columns: await readColumns(client, table.oid) };
}

async function readColumns(client: Client, oid: string): Promise<Column[]> {
  const { rows } = await client.query<{ name: string; type: string; generated: string; identity: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attgenerated AS generated, attidentity AS identity
     FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [oid],
  );
  return rows.map(({ name, type, generated, identity }) => ({
    name,
    type,
    generated: generated !== '',
    identity: identity === 'a' ? 'always' : identity === 'd' ? 'by-default' : undefined,
  }));
}

/** Exact for small tables, else what the planner believes. */
export async function countRecords(client: Client, table: Table): Promise<number> {
  const { rows } = await client.query<{ pages: number; estimate: number }>(
    'SELECT relpages AS pages, reltuples::float8 AS estimate FROM pg_class WHERE oid = $1',
    [table.oid],
  );
  const [known] = rows;
  if (known !== undefined && known.pages > 50_000 && known.estimate >= 0) return Math.round(known.estimate);
  const { rows: counted } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${qualified(table)}`);
  return Number(counted[0]?.count ?? 0);
}
