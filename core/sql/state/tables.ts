import type { ActionOf } from '../action/action.ts';
import type { TableConstraint } from '../action/definition.ts';
import { keyOf, type QualifiedName } from '../action/name.ts';
import type { ColumnMemo } from './memo.ts';
import type { Memory } from './memory.ts';
import { provenColumns } from './not-null-proof.ts';

export function noteTable(memory: Memory, action: ActionOf<'create-table'>): void {
  const { table } = action;
  const columns = columnsOf(memory, table, true);
  memory.created.add(`table ${keyOf(table)}`);
  for (const { name, type, notNull } of action.columns) {
    columns.set(name, { type: type.name, modifiers: type.modifiers, notNull, addedIn: undefined });
  }
  const constraints = [...action.constraints, ...action.columns.flatMap((column) => column.constraints)];
  for (const constraint of constraints) noteConstraint(memory, table, constraint);
}

export function noteConstraint(memory: Memory, table: QualifiedName, constraint: TableConstraint): void {
  const { kind, name, columns, notValid, condition } = constraint;
  const key = keyOf(table);
  if (kind === 'primary-key' || (kind === 'not-null' && !notValid)) {
    for (const column of columns) setNotNull(memory, table, column, true);
  }
  if (kind === 'primary-key' || kind === 'unique') {
    memory.indexes.set(`${key} ${name ?? columns.join(' ')}`, { table: key, columns, concurrently: false });
  }
  if (name === undefined) return;
  memory.constraints.set(`${key} ${name}`, {
    table: key,
    kind,
    valid: !notValid,
    transaction: memory.transaction,
    notNull: kind === 'check' ? provenColumns(condition) : kind === 'not-null' ? columns : [],
  });
}

/** Of a column that nothing is known about, nothing is remembered. */
export function setNotNull(memory: Memory, table: QualifiedName, column: string, notNull: boolean): void {
  const known = memory.column(table, column);
  if (known !== undefined) columnsOf(memory, table).set(column, { ...known, notNull });
}

/** The remembered columns of a table. `created`: the table is the file's own from here on. */
export function columnsOf(memory: Memory, table: QualifiedName, created = false): Map<string, ColumnMemo> {
  const key = keyOf(table);
  const known = memory.tables.get(key);
  if (known !== undefined && (known.created || !created)) return known.columns;
  const columns = new Map<string, ColumnMemo>();
  memory.tables.set(key, { created, transaction: memory.transaction, columns });
  return columns;
}
