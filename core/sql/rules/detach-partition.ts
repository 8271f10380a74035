import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const detachPartition = actionRule({
  id: 'detach-partition',
  severity: 'warning',
  summary: 'DETACH PARTITION without CONCURRENTLY takes the strongest lock on the parent.',
  kinds: ['detach-partition'],
  *check({ table, partition, concurrently, finalize }, known, { start }) {
    if (concurrently || finalize || known.isNew(table)) return;
    yield {
      message: 'The parent and all who use it wait for the longest running query.',
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'until the transaction ends',
      rewrite: `-- Outside a transaction, and without a default partition:\nALTER TABLE ${quoteName(table)} DETACH PARTITION ${quoteName(partition)} CONCURRENTLY;`,
    };
  },
});
