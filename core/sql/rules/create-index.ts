import { actionRule } from '../rule.ts';

export const createIndex = actionRule({
  id: 'create-index',
  severity: 'error',
  summary: 'CREATE INDEX without CONCURRENTLY keeps writers out while the index is built.',
  kinds: ['create-index'],
  growsWithTable: true,
  *check({ table, concurrently }, known, { text }) {
    if (concurrently || known.isNew(table)) return;
    yield {
      message: 'Nobody can write to the table while the index is built.',
      table,
      lock: 'SHARE',
      during: 'while the index is built',
      rewrite: `-- Outside a transaction:\n${text.replace(/\bindex\b/i, (word) => `${word} CONCURRENTLY`)};`,
    };
  },
});
