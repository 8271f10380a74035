import { quote, quoteName } from '../action/name.ts';
import { constraintsAdded } from '../constraints-added.ts';
import { actionRule } from '../rule.ts';

export const addForeignKey = actionRule({
  id: 'add-foreign-key',
  severity: 'error',
  summary: 'A foreign key without NOT VALID checks every row while both tables refuse writes.',
  kinds: ['add-constraint', 'add-column'],
  growsWithTable: true,
  *check(action, known, { text }) {
    const { table } = action;
    for (const constraint of constraintsAdded(action, 'foreign-key')) {
      if (constraint.notValid || !constraint.enforced || known.isNew(table)) continue;
      const on = quoteName(table);
      const other = constraint.references === undefined ? 'the other table' : `\`${quoteName(constraint.references)}\``;
      const name = constraint.name ?? `${table.name}_${constraint.columns.join('_')}_fkey`;
      if (action.kind === 'add-column' && action.column.default === undefined) {
        // All values are null, so PostgreSQL looks at no row; what stays is the lock on a second table.
        yield {
          message: `The foreign key of the new column is made without a look at the rows, but ${other} is locked as well until the transaction ends.`,
          severity: 'advice',
          at: constraint.at,
          table,
          lock: 'ACCESS EXCLUSIVE',
          rewrite: `-- Add the column alone; then, in a transaction of its own:
ALTER TABLE ${on} ADD CONSTRAINT ${quote(name)} FOREIGN KEY (${constraint.columns.map(quote).join(', ')}) REFERENCES ${constraint.references === undefined ? '…' : quoteName(constraint.references)} NOT VALID;`,
        };
        continue;
      }
      yield {
        message: `Every row is looked up in ${other}, and both tables refuse writes meanwhile.`,
        at: constraint.at,
        table,
        lock: action.kind === 'add-column' ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE',
        during: 'while all rows are looked up',
        rewrite:
          action.kind === 'add-constraint'
            ? `ALTER TABLE ${on} ${constraint.name === undefined ? `ADD CONSTRAINT ${quote(name)} ${text.replace(/^add\s+/i, '')}` : text} NOT VALID;
-- In a later transaction:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${quote(name)};`
            : `-- Add the column without REFERENCES, fill it in batches, add the key NOT VALID, and in a later transaction:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${quote(name)};`,
      };
    }
  },
});
