import type { Action } from '../action/action.ts';
import { keyOf, quoteName } from '../action/name.ts';
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
  switch (action.kind) {
    case 'query':
      return 'A query runs';
    case 'create-index':
      return action.concurrently || known.isNew(action.table) ? undefined : 'An index is built';
    case 'refresh':
      return 'A materialized view is refreshed';
    case 'validate-constraint': {
      // The same transaction as its ADD CONSTRAINT has a rule of its own.
      const added = known.constraints.get(`${keyOf(action.table)} ${action.name}`);
      return added?.transaction === known.transaction ? undefined : 'A constraint is validated';
    }
    default:
      return undefined;
  }
}
