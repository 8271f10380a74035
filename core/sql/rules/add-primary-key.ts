import { quote, quoteList, quoteName } from '../action/name.ts';
import { constraintsAdded } from '../constraints-added.ts';
import { actionRule } from '../rule.ts';

export const addPrimaryKey = actionRule({
  id: 'add-primary-key',
  severity: 'error',
  summary: 'Adding PRIMARY KEY builds its index under the strongest lock, unless it takes over an index built before.',
  kinds: ['add-constraint', 'add-column'],
  growsWithTable: true,
  *check(action, known) {
    const { table } = action;
    if (known.isNew(table)) return;
    for (const constraint of constraintsAdded(action, 'primary-key')) {
      if (constraint.usingIndex !== undefined) continue;
      const [on, columns] = [quoteName(table), constraint.columns];
      const name = constraint.name ?? `${table.name}_pkey`;
      yield {
        message:
          'Its unique index is built while nobody can use the table; the statement fails if there are duplicates.',
        at: constraint.at,
        table,
        lock: 'ACCESS EXCLUSIVE',
        during: 'while the index is built',
        rewrite: `-- Outside a transaction:
CREATE UNIQUE INDEX CONCURRENTLY ${quote(name)} ON ${on} (${quoteList(columns)});
-- Then:
ALTER TABLE ${on} ADD CONSTRAINT ${quote(name)} PRIMARY KEY USING INDEX ${quote(name)};`,
      };
    }
  },
});
