import { type Client, escapeIdentifier } from 'pg';
import { type ColumnClass, classOf } from '../../core/migration/rows/column-class.ts';
import { type RecordColumn, recordSql } from '../../core/migration/rows/record-sql.ts';
import type { RowProperties } from '../../core/migration/rows/row-schema.ts';
import type { RecordsPlace } from '../database/place.ts';
import { relationOf, UnsuitableColumn } from './session.ts';

/** What to read of a table, in SQL. */
export interface RecordSource {
  /** The table, under the name `stored` in what follows. */
  readonly from: string;
  /** Of type text. */
  readonly key: string;
  /** Of type json or jsonb: the record. */
  readonly document: string;
  /** Which rows are records. */
  readonly where: string;
}

/** Where columns are the properties, the record is what a run takes the row for. Throws `UnsuitableColumn`, and what pg throws. */
export async function sourceOf(client: Client, { target, properties }: RecordsPlace): Promise<RecordSource> {
  const shared = { from: `${relationOf(target)} AS stored`, key: `stored.${escapeIdentifier(target.key)}::text` };
  if (target.document !== undefined) {
    const document = `stored.${escapeIdentifier(target.document)}`;
    return { ...shared, document, where: `${document} IS NOT NULL` };
  }
  const columns = await readColumns(client, relationOf(target));
  return { ...shared, document: recordSql(recordColumns(columns, properties ?? new Map()), 'stored'), where: 'true' };
}

interface Column {
  readonly name: string;
  /** As PostgreSQL writes it. */
  readonly type: string;
  readonly columnClass: ColumnClass | undefined;
  readonly notNull: boolean;
}

function recordColumns(columns: readonly Column[], properties: RowProperties): RecordColumn[] {
  return [...properties.values()].map(({ name, nullable }) => {
    const column = columns.find((each) => each.name === name);
    if (column?.columnClass === undefined) throw new UnsuitableColumn(column?.type, name);
    return { name, columnClass: column.columnClass, nullable, notNull: column.notNull };
  });
}

/** None where there is no such table. */
async function readColumns(client: Client, relation: string): Promise<Column[]> {
  const { rows } = await client.query<
    Omit<Column, 'columnClass'> & { base: string; isEnum: boolean; isKnown: boolean }
  >(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull", b.typname AS base,
       b.typtype = 'e' AS "isEnum", b.typtype = 'e' OR b.typnamespace = 'pg_catalog'::regnamespace AS "isKnown"
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
    [relation],
  );
  return rows.map(({ base, isEnum, isKnown, ...column }) => ({
    ...column,
    columnClass: isKnown ? classOf(base, isEnum) : undefined,
  }));
}
