import { keyOf, type QualifiedName } from '../action/name.ts';
import type { MigrationFile } from '../parse/migration-file.ts';
import { fileRule } from '../rule.ts';

export const dropConstraint = fileRule({
  id: 'drop-constraint',
  severity: 'warning',
  summary: 'Without the constraint, rows can come that clients rely on not to see, and putting it back needs a scan.',
  upOnly: true,
  *check({ file, up }) {
    const added = constraintsAddedIn(file);
    for (const statement of file.statements) {
      for (const { action, start } of statement.section === 'up' ? statement.actions : []) {
        if (action.kind !== 'drop-constraint' || up.isNew(action.table)) continue;
        const { table, name, ifExists, cascade } = action;
        // Added before: a helper, such as the CHECK that proves NOT NULL. Added afterwards: a file that may run twice.
        if (added.has(key(table, name)) || (ifExists && /(_not_null|_null|_nn|_bounds)$/.test(name))) continue;
        yield {
          message: `Nothing keeps rows out any more that \`${name}\` refused; if it is a foreign key, the other table is locked as well.${cascade ? ' CASCADE takes foreign keys of other tables with it.' : ''}`,
          statement,
          at: start,
          table,
          lock: 'ACCESS EXCLUSIVE',
          rewrite: '-- Add what replaces it first (NOT VALID, then VALIDATE), and drop it afterwards.',
        };
      }
    }
  },
});

function constraintsAddedIn(file: MigrationFile): Set<string> {
  return new Set(
    file.statements.flatMap(({ section, actions }) =>
      actions.flatMap(({ action }) =>
        section === 'up' && action.kind === 'add-constraint' && action.constraint.name !== undefined
          ? [key(action.table, action.constraint.name)]
          : [],
      ),
    ),
  );
}

function key(table: QualifiedName, name: string): string {
  return `${keyOf(table)} ${name}`;
}
