import type { ActionOf } from '../action/action.ts';
import type { TableConstraint } from '../action/definition.ts';
import { keyOf, type QualifiedName, stringsOf } from '../action/name.ts';
import { nodesIn } from '../action/walk.ts';
import type { ColumnMemo } from './memo.ts';
import type { Memory } from './memory.ts';
import { provenColumns } from './not-null-proof.ts';

export function noteTable(memory: Memory, action: ActionOf<'create-table'>): void {
  const { table, ifNotExists } = action;
  // With IF NOT EXISTS the table is taken for new, unless the live database or an earlier migration has it already.
  if (ifNotExists && (memory.catalog?.table(table) ?? memory.tables.get(keyOf(table))) !== undefined) return;
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
  memory.constraints.set(`${key} ${name ?? implicitName(table, constraint)}`, {
    table: key,
    kind,
    valid: !notValid,
    transaction: memory.transaction,
    notNull: kind === 'check' ? provenColumns(condition) : kind === 'not-null' ? columns : [],
  });
}

/** The name that PostgreSQL gives a constraint without one, as long as it is not taken (ChooseConstraintName). */
function implicitName({ name: table }: QualifiedName, { kind, columns, condition }: TableConstraint): string {
  if (kind === 'check') {
    const named = new Set(
      [...nodesIn(condition)].flatMap((node) =>
        'ColumnRef' in node ? stringsOf(node.ColumnRef.fields).slice(-1) : [],
      ),
    );
    return named.size === 1 ? `${table}_${[...named].join('')}_check` : `${table}_check`;
  }
  const endings = {
    unique: '_key',
    'primary-key': '_pkey',
    'foreign-key': '_fkey',
    exclusion: '_excl',
    'not-null': '_not_null',
  };
  return `${[table, ...(kind === 'primary-key' ? [] : columns)].join('_')}${endings[kind]}`;
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
