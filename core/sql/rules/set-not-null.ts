import { quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const setNotNull = actionRule({
  id: 'set-not-null',
  severity: 'error',
  summary: 'SET NOT NULL reads the whole table under the strongest lock, unless a validated CHECK already proves it.',
  kinds: ['set-not-null'],
  growsWithTable: true,
  *check({ table, column }, known, { start }) {
    if (known.isNew(table) || known.provedNotNull(table, column)) return;
    const [on, name, constraint] = [quoteName(table), quote(column), quote(`${table.name}_${column}_not_null`)];
    yield {
      message: `Every row is read to see that \`${column}\` is never null; the statement fails if one is.`,
      at: start,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the whole table is read',
      rewrite:
        known.server >= 18
          ? `ALTER TABLE ${on} ADD CONSTRAINT ${constraint} NOT NULL ${name} NOT VALID;
-- Fill the nulls in batches; then, in a later transaction:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${constraint};`
          : `ALTER TABLE ${on} ADD CONSTRAINT ${constraint} CHECK (${name} IS NOT NULL) NOT VALID;
-- Fill the nulls in batches; then, in a later transaction:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${constraint};
ALTER TABLE ${on} ALTER COLUMN ${name} SET NOT NULL;
ALTER TABLE ${on} DROP CONSTRAINT IF EXISTS ${constraint};`,
    };
  },
});
