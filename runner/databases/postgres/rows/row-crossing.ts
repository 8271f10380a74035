import type { RecordColumn } from '../../../../core/migration/rows/record-sql.ts';
import type { Relation } from '../relation.ts';
import type { ColumnPlan, PlannedColumn } from './plan-columns.ts';

/** A column that is written in the other table. */
export interface WrittenColumn {
  readonly name: string;
  /** The column of the source that has the same type, and is taken over as it is where the record says the same. */
  readonly from: string | undefined;
  /** `from` goes over whatever the record says: it is no property, or part of the key. */
  readonly carried: boolean;
  readonly notNull: boolean;
}

/** How rows of one table become rows of its twin, where columns are the properties. */
export interface RowCrossing {
  /** Properties of the source's records, and of the other table's. */
  readonly source: readonly RecordColumn[];
  readonly result: readonly RecordColumn[];
  readonly written: readonly WrittenColumn[];
  /** Properties that the other version does not have and are left out: on the way back only, where nobody has said what becomes of them. */
  readonly leftOut: readonly string[];
  /** Function that makes a row of a record: see `createAsRow`. */
  readonly asRow: Relation;
  /** Names of the other table's columns that the source has under another name: that one by this. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Columns, by the source's names, that are not in both tables as they are. */
  readonly changed: ReadonlySet<string>;
}

export function forwardRows(plan: ColumnPlan, asRow: Relation): RowCrossing {
  return {
    source: recordsOf(plan, 'old'),
    result: recordsOf(plan, 'new'),
    written: plan.columns
      .filter(({ generated }) => !generated)
      .map((column) => ({
        name: column.name,
        from: keepsValues(column) ? column.from : undefined,
        carried: column.change === 'carried',
        notNull: column.notNull,
      })),
    leftOut: [],
    asRow,
    renamed: new Map(renames(plan).map(({ old, now }) => [now, old])),
    changed: changedColumns(plan, ({ from, name }) => from ?? name),
  };
}

export function backwardRows(plan: ColumnPlan, asRow: Relation): RowCrossing {
  return {
    source: recordsOf(plan, 'new'),
    result: recordsOf(plan, 'old'),
    written: plan.old
      .filter(({ generated }) => !generated)
      .map(({ name, notNull }) => {
        const now = plan.columns.find((column) => column.from === name);
        return {
          name,
          from: now !== undefined && keepsValues(now) ? now.name : undefined,
          carried: now?.change === 'carried',
          notNull,
        };
      }),
    leftOut: newProperties(plan),
    asRow,
    renamed: new Map(renames(plan).map(({ old, now }) => [old, now])),
    changed: changedColumns(plan, ({ name }) => name),
  };
}

/** Properties that only the new version has: the old table has no place for them. */
export function newProperties({ versions, columns }: ColumnPlan): string[] {
  return columns.map(({ name }) => name).filter((name) => versions.new.has(name) && !versions.old.has(name));
}

/** Columns that have another name in the new table. */
export function renames({ columns }: ColumnPlan): { readonly old: string; readonly now: string }[] {
  return columns.flatMap(({ from, name }) => (from === undefined || from === name ? [] : [{ old: from, now: name }]));
}

function keepsValues({ change }: PlannedColumn): boolean {
  return change === 'carried' || change === 'kept';
}

function recordsOf({ versions, old, columns }: ColumnPlan, version: 'old' | 'new'): RecordColumn[] {
  const table: readonly Pick<PlannedColumn, 'name' | 'columnClass' | 'notNull'>[] = version === 'old' ? old : columns;
  return table.flatMap(({ name, columnClass, notNull }) => {
    const property = versions[version].get(name);
    if (property === undefined) return [];
    if (columnClass === undefined) throw new Error(`The column ${name} was planned without a class.`);
    return [{ name, columnClass, nullable: property.nullable, notNull }];
  });
}

function changedColumns(plan: ColumnPlan, nameOf: (column: PlannedColumn) => string): Set<string> {
  const changed = plan.columns.filter(
    ({ change, from, notNull }) =>
      change === 'retyped' || change === 'added' || plan.old.find(({ name }) => name === from)?.notNull !== notNull,
  );
  return new Set([...changed.map(nameOf), ...plan.dropped]);
}
