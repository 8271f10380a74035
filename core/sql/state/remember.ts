import type { Action, ActionOf } from '../action/action.ts';
import type { TableConstraint } from '../action/definition.ts';
import { keyOf, type QualifiedName } from '../action/name.ts';
import { locksOf } from '../locks/action-locks.ts';
import { atLeast, stronger } from '../locks/mode.ts';
import type { Statement } from '../parse/statement.ts';
import type { Memory } from './memory.ts';
import { provenColumns } from './not-null-proof.ts';
import { milliseconds } from './settings.ts';
import { endTransaction, followTransaction } from './transactions.ts';

/** Notes what a statement did, after the rules have seen it. */
export function remember(memory: Memory, statement: Statement): void {
  for (const { action } of statement.actions) {
    for (const { table, mode } of locksOf(action)) {
      if (memory.isNew(table) || !atLeast(mode, 'SHARE UPDATE EXCLUSIVE')) continue;
      const before = memory.held.get(keyOf(table));
      memory.held.set(keyOf(table), { table, mode: before === undefined ? mode : stronger(before.mode, mode) });
    }
    note(memory, action);
  }
  followTransaction(memory, statement);
  // Outside BEGIN every statement is a transaction; a DO block ends with its last statement.
  if (memory.opener === undefined && (statement.block === undefined || statement.block.last)) endTransaction(memory);
}

function note(memory: Memory, action: Action): void {
  switch (action.kind) {
    case 'create-table':
      noteTable(memory, action);
      break;
    case 'add-column': {
      const { name, type, notNull, constraints } = action.column;
      const addedIn = memory.transaction;
      columnsOf(memory, action.table).set(name, { type: type.name, modifiers: type.modifiers, notNull, addedIn });
      for (const constraint of constraints) noteConstraint(memory, action.table, constraint);
      break;
    }
    case 'add-constraint':
      noteConstraint(memory, action.table, action.constraint);
      break;
    case 'validate-constraint': {
      const key = `${keyOf(action.table)} ${action.name}`;
      const known = memory.constraints.get(key);
      if (known !== undefined) memory.constraints.set(key, { ...known, valid: true });
      break;
    }
    case 'drop-constraint':
      memory.constraints.delete(`${keyOf(action.table)} ${action.name}`);
      memory.dropped.add(`constraint ${keyOf(action.table)} ${action.name}`);
      break;
    case 'set-not-null':
      setNotNull(memory, action.table, action.column, true);
      break;
    case 'drop-not-null':
      setNotNull(memory, action.table, action.column, false);
      break;
    case 'change-type': {
      const columns = columnsOf(memory, action.table);
      const before = columns.get(action.column);
      const { name: type, modifiers } = action.type;
      columns.set(action.column, { type, modifiers, notNull: before?.notNull ?? false, addedIn: before?.addedIn });
      break;
    }
    case 'create-index':
      if (action.index !== undefined) {
        const { concurrently, columns } = action;
        memory.indexes.set(action.index, { table: keyOf(action.table), columns, concurrently });
      } else {
        memory.indexes.set(`unnamed ${memory.indexes.size}`, {
          table: keyOf(action.table),
          columns: action.columns,
          concurrently: action.concurrently,
        });
      }
      break;
    case 'drop':
      memory.dropped.add(`${action.object} ${keyOf(action.of)}`);
      memory.created.delete(`${action.object} ${keyOf(action.of)}`);
      if (action.object === 'table') memory.tables.delete(keyOf(action.of));
      if (action.object === 'index') memory.indexes.delete(action.of.name);
      break;
    case 'rename': {
      const known = action.object === 'table' ? memory.tables.get(keyOf(action.of)) : undefined;
      if (known !== undefined) {
        memory.tables.delete(keyOf(action.of));
        memory.tables.set(keyOf({ ...action.of, name: action.to }), known);
      }
      break;
    }
    case 'create':
      memory.created.add(`${action.object} ${keyOf(action.of)}`);
      if (action.volatility !== undefined) memory.volatilities.set(keyOf(action.of), action.volatility);
      // A new materialized view is locked and refreshed like a new table.
      if (action.object === 'materialized view') columnsOf(memory, action.of, true);
      break;
    case 'create-domain':
      memory.created.add(`domain ${keyOf(action.domain)}`);
      memory.domains.set(keyOf(action.domain), action.constrained);
      break;
    case 'alter-domain':
      if (action.change === 'add-constraint' || action.change === 'set-not-null')
        memory.domains.set(keyOf(action.domain), true);
      break;
    case 'create-trigger':
      memory.created.add(`trigger ${keyOf(action.table)} ${action.name}`);
      break;
    case 'create-policy':
      memory.created.add(`policy ${keyOf(action.table)}`);
      break;
    case 'add-enum-value':
      memory.enumValues.push({ type: action.type, value: action.value, transaction: memory.transaction });
      break;
    case 'set':
      noteSetting(memory, action);
      break;
    default:
  }
}

function noteTable(memory: Memory, action: ActionOf<'create-table'>): void {
  const columns = columnsOf(memory, action.table, true);
  memory.created.add(`table ${keyOf(action.table)}`);
  for (const { name, type, notNull, constraints } of action.columns) {
    columns.set(name, { type: type.name, modifiers: type.modifiers, notNull, addedIn: undefined });
    for (const constraint of constraints) noteConstraint(memory, action.table, constraint);
  }
  for (const constraint of action.constraints) noteConstraint(memory, action.table, constraint);
}

function noteConstraint(memory: Memory, table: QualifiedName, constraint: TableConstraint): void {
  const { kind, name, columns, notValid, condition } = constraint;
  if (kind === 'primary-key') for (const column of columns) setNotNull(memory, table, column, true);
  if (kind === 'not-null' && !notValid) for (const column of columns) setNotNull(memory, table, column, true);
  if (kind === 'primary-key' || kind === 'unique') {
    memory.indexes.set(`${keyOf(table)} ${name ?? columns.join(' ')}`, {
      table: keyOf(table),
      columns,
      concurrently: false,
    });
  }
  if (name === undefined) return;
  memory.constraints.set(`${keyOf(table)} ${name}`, {
    table: keyOf(table),
    kind,
    valid: !notValid,
    transaction: memory.transaction,
    notNull: kind === 'check' ? provenColumns(condition) : kind === 'not-null' ? columns : [],
  });
}

function setNotNull(memory: Memory, table: QualifiedName, column: string, notNull: boolean): void {
  const known = memory.column(table, column);
  if (known !== undefined) columnsOf(memory, table).set(column, { ...known, notNull });
}

function columnsOf(memory: Memory, table: QualifiedName, created = false) {
  const key = keyOf(table);
  let memo = memory.tables.get(key);
  if (memo === undefined || (created && !memo.created)) {
    memo = { created, transaction: memory.transaction, columns: new Map() };
    memory.tables.set(key, memo);
  }
  return memo.columns;
}

function noteSetting(memory: Memory, { name, value, local }: ActionOf<'set'>): void {
  const field = name === 'lock_timeout' ? 'lockTimeout' : name === 'statement_timeout' ? 'statementTimeout' : undefined;
  // Outside a transaction SET LOCAL does nothing but warn.
  if (field === undefined || (local && memory.opener === undefined)) return;
  memory[field] = milliseconds(value);
  if (local) memory.localSettings.push(field);
}
