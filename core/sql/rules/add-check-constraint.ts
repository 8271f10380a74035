import { quote, quoteName } from '../action/name.ts';
import { constraintsAdded } from '../constraints-added.ts';
import { actionRule } from '../rule.ts';

export const addCheckConstraint = actionRule({
  id: 'add-check-constraint',
  severity: 'error',
  summary: 'A CHECK constraint without NOT VALID reads the whole table under the strongest lock.',
  kinds: ['add-constraint', 'add-column'],
  growsWithTable: true,
  *check(action, known, { text }) {
    if (known.isNew(action.table)) return;
    for (const constraint of constraintsAdded(action, 'check')) {
      if (constraint.notValid || !constraint.enforced) continue;
      const on = quoteName(action.table);
      const name = constraint.name ?? `${action.table.name}_check`;
      yield {
        message: 'Every row is read to see that it meets the new CHECK; the statement fails if one does not.',
        at: constraint.at,
        table: action.table,
        lock: 'ACCESS EXCLUSIVE',
        during: 'while the whole table is read',
        rewrite:
          action.kind === 'add-constraint' && constraint.name !== undefined
            ? `ALTER TABLE ${on} ${text} NOT VALID;
-- In a later transaction:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${quote(name)};`
            : `-- Give the CHECK a name, in a statement of its own, and add it NOT VALID:
-- ALTER TABLE ${on} ADD CONSTRAINT ${quote(name)} CHECK (…) NOT VALID;
-- In a later transaction:
ALTER TABLE ${on} VALIDATE CONSTRAINT ${quote(name)};`,
      };
    }
  },
});
