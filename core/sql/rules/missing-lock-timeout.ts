import { locksOf } from '../locks/action-locks.ts';
import { atLeast } from '../locks/mode.ts';
import { everyActionRule } from '../rule.ts';

export const missingLockTimeout = everyActionRule({
  id: 'missing-lock-timeout',
  severity: 'warning',
  summary: 'A statement that waits for a strong lock makes everyone behind it wait too; lock_timeout ends that.',
  *check(action, known) {
    if (known.lockTimeout !== undefined && known.lockTimeout > 0) return;
    // A lock that the transaction has already is not waited for again.
    const wanted = locksOf(action).find(
      ({ table, mode }) => atLeast(mode, 'SHARE') && !known.isNew(table) && !known.said.has('lock-timeout'),
    );
    if (wanted === undefined) return;
    known.said.add('lock-timeout');
    yield {
      message:
        'Without lock_timeout, this waits for the longest running transaction, and every later query of the table queues up behind it.',
      table: wanted.table,
      lock: wanted.mode,
      during: 'from the moment it queues',
      rewrite: `${known.opener === 'host' || known.opener === 'file' ? 'SET LOCAL' : 'SET'} lock_timeout = '200ms';\n-- and try the file again, with growing pauses, when it gives up.`,
    };
  },
});
