import { quoteText } from '../sql-literal.ts';
import type { ColumnClass } from './column-class.ts';

/** A property of a row: its column, and what NULL there means. */
export interface RecordColumn {
  readonly name: string;
  readonly columnClass: ColumnClass;
  /** NULL is null; otherwise the property is not there. */
  readonly nullable: boolean;
  readonly notNull: boolean;
}

/** jsonb_build_object takes 100 arguments. */
const pairs = 50;

/**
 * SQL for the record that a row is, as jsonb. Numbers keep digits and scale; an instant is written in UTC, as `2025-01-15T00:00:00Z`
 * (the session's time zone is UTC).
 */
export function recordSql(columns: readonly RecordColumn[], alias: string): string {
  const [always, ...others] = [
    columns.filter(({ nullable, notNull }) => nullable || notNull),
    // jsonb_strip_nulls goes into objects, where null is a value of its own.
    columns.filter((column) => !isAlways(column) && !mayHoldObjects(column)),
  ].map((group) => inPairs(group, alias));
  const optional = (others[0] ?? []).map((object) => `jsonb_strip_nulls(${object})`);
  const objects = columns
    .filter((column) => !isAlways(column) && mayHoldObjects(column))
    .map((column) => {
      const value = `${alias}.${quoteName(column.name)}`;
      return `CASE WHEN ${value} IS NULL THEN '{}'::jsonb ELSE ${pairsSql([column], alias)} END`;
    });
  const parts = [...(always ?? []), ...optional, ...objects];
  return parts.length === 0 ? `'{}'::jsonb` : `(${parts.join(' || ')})`;
}

function isAlways({ nullable, notNull }: RecordColumn): boolean {
  return nullable || notNull;
}

function mayHoldObjects({ columnClass }: RecordColumn): boolean {
  return columnClass === 'document' || columnClass === 'list';
}

function inPairs(columns: readonly RecordColumn[], alias: string): string[] {
  const groups: string[] = [];
  for (let at = 0; at < columns.length; at += pairs) groups.push(pairsSql(columns.slice(at, at + pairs), alias));
  return groups;
}

function pairsSql(columns: readonly RecordColumn[], alias: string): string {
  return `jsonb_build_object(${columns.map((column) => `${quoteText(column.name)}, ${valueSql(column, alias)}`).join(', ')})`;
}

function valueSql({ name, columnClass }: RecordColumn, alias: string): string {
  const value = `to_jsonb(${alias}.${quoteName(name)})`;
  return columnClass === 'instant' ? `to_jsonb(replace(${value} #>> '{}', '+00:00', 'Z'))` : value;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
