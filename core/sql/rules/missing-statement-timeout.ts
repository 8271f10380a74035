import type { Action } from '../action/action.ts';
import { locksOf } from '../locks/action-locks.ts';
import { atLeast } from '../locks/mode.ts';
import { everyActionRule } from '../rule.ts';

export const missingStatementTimeout = everyActionRule({
  id: 'missing-statement-timeout',
  severity: 'advice',
  summary: 'A statement that holds a strong lock longer than expected should give up; statement_timeout sees to it.',
  *check(action, known) {
    if (known.statementTimeout !== undefined && known.statementTimeout > 0) return;
    if (known.said.has('statement-timeout') || isMeantToBeLong(action)) return;
    const held = locksOf(action).find(({ table, mode }) => atLeast(mode, 'SHARE') && !known.isNew(table));
    if (held === undefined) return;
    known.said.add('statement-timeout');
    yield {
      message: 'Without statement_timeout, a statement that takes longer than expected keeps its lock for as long.',
      table: held.table,
      lock: held.mode,
      rewrite: `${known.opener === 'host' || known.opener === 'file' ? 'SET LOCAL' : 'SET'} statement_timeout = '5s';`,
    };
  },
});

/** A time limit on these leaves an invalid index or half the work behind. */
function isMeantToBeLong(action: Action): boolean {
  return 'concurrently' in action && action.concurrently;
}
