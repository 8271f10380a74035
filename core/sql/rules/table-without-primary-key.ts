import { keyOf, quoteName } from '../action/name.ts';
import { fileRule } from '../rule.ts';

export const tableWithoutPrimaryKey = fileRule({
  id: 'table-without-primary-key',
  severity: 'warning',
  summary: 'Rows without a primary key cannot be copied in batches, nor replicated when they change.',
  upOnly: true,
  *check({ file }) {
    const keyed = new Set<string>();
    for (const { section, actions } of file.statements) {
      if (section !== 'up') continue;
      for (const { action } of actions) {
        if (action.kind === 'add-constraint' && action.constraint.kind === 'primary-key')
          keyed.add(keyOf(action.table));
        if (action.kind === 'drop' && action.object === 'table') keyed.add(keyOf(action.of));
        if (action.kind === 'add-column' && action.column.constraints.some(({ kind }) => kind === 'primary-key')) {
          keyed.add(keyOf(action.table));
        }
      }
    }
    for (const statement of file.statements) {
      for (const { action } of statement.section === 'up' ? statement.actions : []) {
        if (action.kind !== 'create-table' || action.temporary || action.derived || keyed.has(keyOf(action.table)))
          continue;
        const constraints = [...action.constraints, ...action.columns.flatMap((column) => column.constraints)];
        if (constraints.some(({ kind }) => kind === 'primary-key')) continue;
        yield {
          message: `\`${quoteName(action.table)}\` has no primary key: its rows cannot be told apart by a migration, nor replicated when they change.`,
          statement,
          rewrite: '-- id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
        };
      }
    }
  },
});
