import { quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const primaryKeyOnNullable = actionRule({
  id: 'primary-key-on-nullable',
  severity: 'warning',
  summary: 'PRIMARY KEY USING INDEX over nullable columns reads the whole table to make them NOT NULL.',
  kinds: ['add-constraint'],
  growsWithTable: true,
  *check({ table, constraint }, known) {
    if (constraint.kind !== 'primary-key' || constraint.usingIndex === undefined || known.isNew(table)) return;
    const { usingIndex } = constraint;
    const columns =
      known.indexes.get(usingIndex)?.columns ??
      known.facts(table)?.indexes.find(({ name }) => name === usingIndex)?.columns;
    // Only what is known to be nullable: an index from an earlier migration says nothing about its columns.
    const nullable = (columns ?? []).filter(
      (column): column is string =>
        column !== undefined && known.column(table, column)?.notNull === false && !known.provedNotNull(table, column),
    );
    if (nullable.length === 0) return;
    const on = quoteName(table);
    yield {
      message: `${nullable.map((column) => `\`${column}\``).join(' and ')} may be null: every row is read to make sure, although the index is there.`,
      at: constraint.at,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the whole table is read',
      rewrite: nullable
        .map((column) => {
          const name = quote(`${table.name}_${column}_not_null`);
          return `ALTER TABLE ${on} ADD CONSTRAINT ${name} CHECK (${quote(column)} IS NOT NULL) NOT VALID;
-- In a later transaction, before the primary key:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${name};`;
        })
        .join('\n'),
    };
  },
});
