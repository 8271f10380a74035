import { actionRule } from '../rule.ts';

export const truncateTable = actionRule({
  id: 'truncate-table',
  severity: 'warning',
  summary: 'TRUNCATE takes all rows and the strongest lock; older snapshots then see an empty table.',
  kinds: ['truncate'],
  *check({ tables, cascade }, known) {
    const table = tables.find((each) => !known.isNew(each));
    if (cascade || table === undefined) return;
    yield {
      message: 'All rows are gone, no row trigger runs, and a transaction with an older snapshot sees an empty table.',
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: '-- DELETE in batches with a COMMIT each, or say in an ignore comment why the rows are not needed.',
    };
  },
});
