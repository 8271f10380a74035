import type { Statement } from '../parse/statement.ts';
import type { Memory } from './memory.ts';

/** Follows BEGIN, COMMIT and ROLLBACK. */
export function followTransaction(memory: Memory, statement: Statement): void {
  for (const { action } of statement.actions) {
    if (action.kind !== 'transaction') continue;
    if (action.verb === 'begin' && memory.opener === undefined) {
      endTransaction(memory);
      memory.opener = 'file';
    } else if (action.verb === 'commit' || action.verb === 'rollback') {
      if (action.verb === 'rollback') forget(memory);
      endTransaction(memory);
      memory.opener = undefined;
    }
  }
}

/** Locks are released, SET LOCAL is over. */
export function endTransaction(memory: Memory): void {
  memory.transaction++;
  memory.held = new Map();
  for (const field of memory.localSettings) memory[field] = undefined;
  memory.localSettings = [];
}

/** What a rolled back transaction made was never there. */
function forget(memory: Memory): void {
  const { transaction } = memory;
  for (const [key, table] of memory.tables) if (table.transaction === transaction) memory.tables.delete(key);
  for (const [key, constraint] of memory.constraints) {
    if (constraint.transaction === transaction) memory.constraints.delete(key);
  }
}
