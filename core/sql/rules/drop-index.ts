import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropIndex = actionRule({
  id: 'drop-index',
  severity: 'warning',
  summary: 'DROP INDEX without CONCURRENTLY waits for everyone who uses the table, and everyone waits for it.',
  kinds: ['drop'],
  *check({ object, of, concurrently }, known) {
    if (object !== 'index' || concurrently) return;
    const index = known.indexes.get(of.name);
    if (index !== undefined && known.tables.get(index.table)?.created === true) return;
    yield {
      message: 'The table of the index is locked as well: behind one long query, every later one waits.',
      table: of,
      lock: 'ACCESS EXCLUSIVE',
      during: 'until the transaction ends',
      rewrite: `-- Outside a transaction:\nDROP INDEX CONCURRENTLY IF EXISTS ${quoteName(of)};`,
    };
  },
});
