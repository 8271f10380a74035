import { keyOf, quoteName } from '../action/name.ts';
import { locksOf } from '../locks/action-locks.ts';
import { everyActionRule } from '../rule.ts';

export const severalExclusiveLocks = everyActionRule({
  id: 'several-exclusive-locks',
  severity: 'warning',
  summary:
    'A transaction that locks a second table exclusively can deadlock, and keeps the first one locked while it waits.',
  *check(action, known, { start }) {
    if (known.opener === undefined) return;
    const held = [...known.held.values()].filter(({ mode }) => mode === 'ACCESS EXCLUSIVE');
    const second = locksOf(action).find(
      ({ table, mode }) =>
        mode === 'ACCESS EXCLUSIVE' &&
        !known.isNew(table) &&
        held.length > 0 &&
        !held.some((each) => keyOf(each.table) === keyOf(table)),
    );
    const [first] = held;
    if (second === undefined || first === undefined || known.said.has(`locks ${known.transaction}`)) return;
    known.said.add(`locks ${known.transaction}`);
    yield {
      message: `The transaction still holds ACCESS EXCLUSIVE on ${quoteName(first.table)} while it waits for the next table: a deadlock with anyone who takes them in the other order, and two outages instead of one.`,
      at: start,
      table: second.table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: '-- One table per transaction: COMMIT in between, or split the file.',
    };
  },
});
