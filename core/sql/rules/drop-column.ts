import { keyOf, quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropColumn = actionRule({
  id: 'drop-column',
  severity: 'warning',
  summary: 'Clients that still name the column fail at once, and its data is gone.',
  kinds: ['drop-column'],
  upOnly: true,
  *check({ table, column }, known, { start }) {
    if (known.isNew(table) || known.tables.get(keyOf(table))?.columns.get(column)?.addedIn !== undefined) return;
    const on = quoteName(table);
    yield {
      message: `Clients that read or write \`${column}\` fail from this moment on, those that cache the list of columns too; the data is gone.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: `-- First let old clients write rows without it, and deploy clients that do not know it:
ALTER TABLE ${on} ALTER COLUMN ${quote(column)} DROP NOT NULL;
-- Drop it in a later migration, with "-- sluice-ignore drop-column: <since when nobody uses it>".`,
    };
  },
});
