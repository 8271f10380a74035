import { quote, quoteName } from '../action/name.ts';
import { formatType } from '../action/type-name.ts';
import { actionRule } from '../rule.ts';

export const addColumnStoredGenerated = actionRule({
  id: 'add-column-stored-generated',
  severity: 'error',
  summary: 'A new stored generated column rewrites the whole table.',
  kinds: ['add-column'],
  growsWithTable: true,
  *check({ table, column }, known) {
    if (column.generated !== 'stored' || known.isNew(table)) return;
    const [name, on] = [quote(column.name), quoteName(table)];
    yield {
      message: `\`${column.name}\` is computed for every existing row: the whole table and its indexes are rewritten.`,
      at: column.at,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the table is rewritten',
      rewrite:
        known.server >= 18
          ? `-- GENERATED ALWAYS AS (…) VIRTUAL computes on reading and rewrites nothing. Or an ordinary column:
ALTER TABLE ${on} ADD COLUMN ${name} ${formatType(column.type)};
-- A trigger fills it for new rows; then fill existing rows in batches.`
          : `ALTER TABLE ${on} ADD COLUMN ${name} ${formatType(column.type)};
-- A trigger fills it for new rows; then fill existing rows in batches.`,
    };
  },
});
