import { keyOf, quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropTable = actionRule({
  id: 'drop-table',
  severity: 'warning',
  summary: 'Clients that still name the table fail at once, and its data is gone.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if (object !== 'table' || known.isNew(of)) return;
    // Making a table anew is a drop all the same; only one that the file itself made is nobody's.
    yield {
      message: `Clients that use \`${quoteName(of)}\` fail from this moment on, and the data is gone.${cascade ? ' CASCADE takes views and foreign keys of other tables with it.' : ''}`,
      ...(cascade ? { severity: 'error' as const } : {}),
      table: of,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: `-- Rename it first, which is undone in a moment, once nobody uses it (and see ${keyOf(of)} in pg_stat_user_tables):
ALTER TABLE ${quoteName(of)} RENAME TO ${quote(`${of.name}_unused`)};
-- Drop it in a later migration, with "-- sluice-ignore drop-table: <since when nobody uses it>".`,
    };
  },
});
