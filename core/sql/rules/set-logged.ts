import { actionRule } from '../rule.ts';

export const setLogged = actionRule({
  id: 'set-logged',
  severity: 'error',
  summary: 'SET LOGGED and SET UNLOGGED copy the whole table; an unlogged table is empty after a crash.',
  kinds: ['set-logged'],
  growsWithTable: true,
  *check({ table, logged }, known, { start }) {
    if (known.isNew(table)) return;
    yield {
      message: logged
        ? 'The whole table is copied, and written to the log.'
        : 'The whole table is copied, and from then on it is emptied by a crash and missing on replicas.',
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is copied',
      rewrite:
        '-- Make a new table of the wanted kind, copy the rows in batches, and swap the names in a short transaction.',
    };
  },
});
