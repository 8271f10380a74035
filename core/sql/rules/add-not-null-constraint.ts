import { quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const addNotNullConstraint = actionRule({
  id: 'add-not-null-constraint',
  severity: 'error',
  summary: 'A NOT NULL constraint without NOT VALID reads the whole table under the strongest lock.',
  kinds: ['add-constraint'],
  versions: { from: 18 },
  growsWithTable: true,
  *check({ table, constraint }, known, { text }) {
    if (constraint.kind !== 'not-null' || constraint.notValid || known.isNew(table)) return;
    if (constraint.columns.every((column) => known.provedNotNull(table, column))) return;
    const validate =
      constraint.name === undefined
        ? ''
        : `\nALTER TABLE ${quoteName(table)} VALIDATE CONSTRAINT ${quote(constraint.name)};`;
    yield {
      message: 'Every row is read to see that the column is never null; the statement fails if one is.',
      at: constraint.at,
      table,
      lock: 'ACCESS EXCLUSIVE',
      during: 'while the whole table is read',
      rewrite: `ALTER TABLE ${quoteName(table)} ${text} NOT VALID;\n-- In a later transaction:${validate}`,
    };
  },
});
