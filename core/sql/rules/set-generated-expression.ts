import { actionRule } from '../rule.ts';

export const setGeneratedExpression = actionRule({
  id: 'set-generated-expression',
  severity: 'error',
  summary: 'SET EXPRESSION computes a stored column anew for every row, which rewrites the whole table.',
  kinds: ['set-expression'],
  versions: { from: 17 },
  growsWithTable: true,
  *check({ table, column }, known, { start }) {
    if (known.isNew(table)) return;
    yield {
      message: `\`${column}\` is computed anew for every row: the whole table and its indexes are rewritten, if the column is stored.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is rewritten',
      rewrite:
        '-- Add another column with the new expression beside it (filled by a trigger and in batches), move readers, drop the old one.',
    };
  },
});
