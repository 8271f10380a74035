import { atLeast } from '../locks/mode.ts';
import { actionRule } from '../rule.ts';

export const lockTable = actionRule({
  id: 'lock-table',
  severity: 'warning',
  summary: 'LOCK TABLE keeps others out until the transaction ends.',
  kinds: ['lock'],
  *check({ tables, mode }, known) {
    const table = tables.find((each) => !known.isNew(each));
    if (table === undefined || !atLeast(mode, 'SHARE')) return;
    yield {
      message: 'An explicit lock stays until the transaction ends, whatever happens in between.',
      table,
      lock: mode,
      during: 'until COMMIT',
      rewrite: '-- Let each statement take the lock it needs, under a short lock_timeout.',
    };
  },
});
