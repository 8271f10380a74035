import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const reindex = actionRule({
  id: 'reindex',
  severity: 'error',
  summary: 'REINDEX without CONCURRENTLY keeps writers out, and readers who need the index.',
  kinds: ['reindex'],
  growsWithTable: true,
  *check({ target, of, concurrently }, known) {
    if (concurrently || known.isNew(of)) return;
    const named = of.name === '' ? '' : ` ${quoteName(of)}`;
    yield {
      message: `Nobody can write to the table${target === 'table' || target === 'index' ? '' : 's'}, nor read by the index, while it is built anew.`,
      ...(target === 'table' || target === 'index' ? { table: of } : {}),
      lock: target === 'index' ? 'ACCESS EXCLUSIVE' : 'SHARE',
      during: 'while the index is built',
      rewrite: `-- Outside a transaction:\nREINDEX ${target.toUpperCase()} CONCURRENTLY${named};`,
    };
  },
});
