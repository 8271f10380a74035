import type { Action } from '../action/action.ts';
import { keyOf } from '../action/name.ts';
import { locksOf } from '../locks/action-locks.ts';
import { atLeast, stronger } from '../locks/mode.ts';
import type { Statement } from '../parse/statement.ts';
import type { Memory } from './memory.ts';
import { notes } from './notes.ts';
import { endTransaction, followTransaction } from './transactions.ts';

/** Notes what a statement did, after the rules have seen it. */
export function remember(memory: Memory, statement: Statement): void {
  for (const { action } of statement.actions) {
    for (const { table, mode } of locksOf(action)) {
      if (memory.isNew(table) || !atLeast(mode, 'SHARE UPDATE EXCLUSIVE')) continue;
      const before = memory.held.get(keyOf(table));
      memory.held.set(keyOf(table), { table, mode: before === undefined ? mode : stronger(before.mode, mode) });
    }
    // The table is keyed by kind, which the compiler cannot follow.
    (notes[action.kind] as ((memory: Memory, action: Action) => void) | undefined)?.(memory, action);
  }
  followTransaction(memory, statement);
  // Outside BEGIN every statement is a transaction; a DO block ends with its last statement.
  if (memory.opener === undefined && (statement.block === undefined || statement.block.last)) endTransaction(memory);
}
