import type { Client } from 'pg';
import { type ColumnClass, classOf } from '../../../../core/migration/rows/column-class.ts';
import type { Table } from '../table.ts';

/** A column of a table whose columns are properties. */
export interface RowColumn {
  readonly name: string;
  /** As PostgreSQL writes it, such as `character varying(20)`. */
  readonly type: string;
  /** Undefined: values of this type may not survive JSON. */
  readonly columnClass: ColumnClass | undefined;
  /** Characters that it holds at most; undefined: no limit. */
  readonly length: number | undefined;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly generated: boolean;
}

export async function readRowColumns(client: Client, { oid }: Pick<Table, 'oid'>): Promise<RowColumn[]> {
  const { rows } = await client.query<Omit<RowColumn, 'columnClass' | 'length'> & Base>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
       a.atthasdef AND a.attgenerated = '' AS "hasDefault", a.attgenerated <> '' AS generated,
       b.typname AS base, b.typtype = 'e' AS "isEnum", b.typnamespace = 'pg_catalog'::regnamespace AS "isBuiltIn",
       CASE WHEN b.typname IN ('varchar', 'bpchar')
         THEN nullif(greatest(CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END - 4, -1), -1) END AS length
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
     WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [oid],
  );
  return rows.map(({ base, isEnum, isBuiltIn, length, ...column }) => ({
    ...column,
    columnClass: isBuiltIn || isEnum ? classOf(base, isEnum) : undefined,
    length: length ?? undefined,
  }));
}

interface Base {
  readonly base: string;
  readonly isEnum: boolean;
  readonly isBuiltIn: boolean;
  readonly length: number | null;
}
