import { quote, quoteName } from '../action/name.ts';
import { formatType, isSerial } from '../action/type-name.ts';
import { actionRule } from '../rule.ts';

export const addRequiredColumn = actionRule({
  id: 'add-required-column',
  severity: 'error',
  summary: 'A NOT NULL column without default cannot be added to a table with rows, and old clients cannot write any.',
  kinds: ['add-column'],
  upOnly: true,
  *check({ table, column }, known) {
    if (known.isNew(table) || !column.notNull || column.default !== undefined) return;
    if (column.identity || column.generated !== undefined || isSerial(column.type)) return;
    const [on, name, type] = [quoteName(table), quote(column.name), formatType(column.type)];
    const constraint = quote(`${table.name}_${column.name}_not_null`);
    yield {
      message: `PostgreSQL refuses this as soon as the table has a row; and clients that do not know \`${column.name}\` can no longer insert.`,
      at: column.at,
      table,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: `-- With a default: ALTER TABLE ${on} ADD COLUMN ${name} ${type} NOT NULL DEFAULT …; or without:
ALTER TABLE ${on} ADD COLUMN ${name} ${type};
-- Deploy clients that write it; fill existing rows in batches; then:
ALTER TABLE ${on} ADD CONSTRAINT ${constraint} CHECK (${name} IS NOT NULL) NOT VALID;
-- In a later transaction:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${constraint};`,
    };
  },
});
