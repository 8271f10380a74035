import type { Action } from '../action/action.ts';
import { quoteName } from '../action/name.ts';
import { everyActionRule } from '../rule.ts';
import type { Memory } from '../state/memory.ts';

export const workUnderLock = everyActionRule({
  id: 'work-under-lock',
  severity: 'warning',
  summary: 'Slow work after a strong lock, in the same transaction, makes everyone wait until it is done.',
  *check(action, known, { start }) {
    const work = slowWork(action, known);
    if (work === undefined) return;
    const held = [...known.held.values()].find(({ mode }) => mode === 'ACCESS EXCLUSIVE');
    if (held === undefined) return;
    yield {
      message: `${work} while the transaction still holds a lock on ${quoteName(held.table)} from before.`,
      at: start,
      table: held.table,
      lock: held.mode,
      during: 'until COMMIT',
      rewrite: '-- COMMIT before it, or do it first.',
    };
  },
});

function slowWork(action: Action, known: Memory): string | undefined {
  if (action.kind === 'query' && action.reads) return 'A query runs';
  if (action.kind === 'refresh') return 'A materialized view is refreshed';
  if (action.kind === 'create-index' && !action.concurrently && !known.isNew(action.table)) return 'An index is built';
  if (action.kind !== 'validate-constraint') return undefined;
  // The same transaction as its ADD CONSTRAINT has a rule of its own.
  return known.constraint(action.table, action.name)?.transaction === known.transaction
    ? undefined
    : 'A constraint is validated';
}
