import type { ActionKind, ActionOf } from '../action/action.ts';
import { keyOf } from '../action/name.ts';
import type { Memory } from './memory.ts';
import { milliseconds } from './settings.ts';
import { columnsOf, noteConstraint, noteTable, setNotNull } from './tables.ts';

/** By kind of action: what is worth remembering of it. Kinds that are not here leave nothing behind that a rule asks for. */
export const notes: { readonly [Kind in ActionKind]?: (memory: Memory, action: ActionOf<Kind>) => void } = {
  'create-table': noteTable,
  'add-column': (memory, { table, column }) => {
    const { name, type, notNull, constraints } = column;
    const addedIn = memory.transaction;
    columnsOf(memory, table).set(name, { type: type.name, modifiers: type.modifiers, notNull, addedIn });
    for (const constraint of constraints) noteConstraint(memory, table, constraint);
  },
  'add-constraint': (memory, { table, constraint }) => noteConstraint(memory, table, constraint),
  'validate-constraint': (memory, { table, name }) => {
    const known = memory.constraint(table, name);
    if (known !== undefined) memory.constraints.set(`${keyOf(table)} ${name}`, { ...known, valid: true });
  },
  'drop-constraint': (memory, { table, name }) => {
    memory.constraints.delete(`${keyOf(table)} ${name}`);
    memory.dropped.add(`constraint ${keyOf(table)} ${name}`);
  },
  'set-not-null': (memory, { table, column }) => setNotNull(memory, table, column, true),
  'drop-not-null': (memory, { table, column }) => setNotNull(memory, table, column, false),
  'change-type': (memory, { table, column, type }) => {
    const { notNull, addedIn } = memory.column(table, column) ?? { notNull: false, addedIn: undefined };
    columnsOf(memory, table).set(column, { type: type.name, modifiers: type.modifiers, notNull, addedIn });
  },
  'create-index': (memory, { index, table, columns, concurrently }) => {
    memory.indexes.set(index ?? `unnamed ${memory.indexes.size}`, { table: keyOf(table), columns, concurrently });
  },
  drop: (memory, { object, of }) => {
    memory.dropped.add(`${object} ${keyOf(of)}`);
    memory.created.delete(`${object} ${keyOf(of)}`);
    memory.present.delete(`${object} ${keyOf(of)}`);
    if (object === 'table') memory.tables.delete(keyOf(of));
    if (object === 'index') memory.indexes.delete(of.name);
  },
  rename: (memory, { object, of, to }) => {
    const known = object === 'table' ? memory.tables.get(keyOf(of)) : undefined;
    if (known === undefined) return;
    memory.tables.delete(keyOf(of));
    memory.tables.set(keyOf({ ...of, name: to }), known);
  },
  create: (memory, { object, of, ifNotExists, orReplace, volatility }) => {
    memory.present.add(`${object} ${keyOf(of)}`);
    // A routine that is replaced is mostly one that the file needs for itself.
    if (!ifNotExists && !(orReplace && object === 'view')) memory.created.add(`${object} ${keyOf(of)}`);
    if (volatility !== undefined) memory.volatilities.set(keyOf(of), volatility);
    // A new view is locked and dropped like a new table; one that is replaced may be in use.
    if (object === 'materialized view' || (object === 'view' && !orReplace)) columnsOf(memory, of, true);
  },
  'create-domain': (memory, { domain, constrained }) => {
    memory.created.add(`domain ${keyOf(domain)}`);
    memory.domains.set(keyOf(domain), constrained);
  },
  'alter-domain': (memory, { domain, change }) => {
    if (change === 'add-constraint' || change === 'set-not-null') memory.domains.set(keyOf(domain), true);
  },
  'create-policy': (memory, { table }) => {
    memory.created.add(`policy ${keyOf(table)}`);
  },
  'add-enum-value': (memory, { type, value }) => {
    memory.enumValues.push({ type, value, transaction: memory.transaction });
  },
  set: (memory, { name, value, local }) => {
    const field =
      name === 'lock_timeout' ? 'lockTimeout' : name === 'statement_timeout' ? 'statementTimeout' : undefined;
    // Outside a transaction SET LOCAL does nothing but warn.
    if (field === undefined || (local && memory.opener === undefined)) return;
    memory[field] = milliseconds(value);
    if (local) memory.localSettings.push(field);
  },
};
