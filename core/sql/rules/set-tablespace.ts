import { actionRule } from '../rule.ts';

export const setTablespace = actionRule({
  id: 'set-tablespace',
  severity: 'error',
  summary: 'Another tablespace copies the table or index file by file.',
  kinds: ['set-tablespace'],
  growsWithTable: true,
  *check({ table, index }, known, { start }) {
    if (known.isNew(table)) return;
    yield {
      message: `The whole ${index ? 'index' : 'table'} is copied to the other disk.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while it is copied',
      rewrite: index
        ? '-- Build the index anew with CREATE INDEX CONCURRENTLY … TABLESPACE …, then drop the old one with DROP INDEX CONCURRENTLY.'
        : '-- Make a new table in the tablespace, copy the rows in batches, and swap the names in a short transaction; or use pg_repack.',
    };
  },
});
