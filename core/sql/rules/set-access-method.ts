import { actionRule } from '../rule.ts';

export const setAccessMethod = actionRule({
  id: 'set-access-method',
  severity: 'error',
  summary: 'Another access method copies the whole table.',
  kinds: ['set-access-method'],
  versions: { from: 15 },
  growsWithTable: true,
  *check({ table }, known, { start }) {
    if (known.isNew(table)) return;
    yield {
      message: 'The whole table is copied to the other storage.',
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is copied',
      rewrite:
        '-- Make a new table USING the wanted method, copy the rows in batches, and swap the names in a short transaction.',
    };
  },
});
