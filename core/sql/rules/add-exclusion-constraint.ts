import { constraintsAdded } from '../constraints-added.ts';
import { actionRule } from '../rule.ts';

export const addExclusionConstraint = actionRule({
  id: 'add-exclusion-constraint',
  severity: 'error',
  summary: 'An exclusion constraint builds its index under the strongest lock, and has no concurrent form.',
  kinds: ['add-constraint', 'add-column'],
  growsWithTable: true,
  *check(action, known) {
    if (known.isNew(action.table)) return;
    for (const constraint of constraintsAdded(action, 'exclusion')) {
      yield {
        message:
          'Its index is built and every row compared while nobody can use the table. PostgreSQL cannot do it concurrently.',
        at: constraint.at,
        table: action.table,
        lock: 'ACCESS EXCLUSIVE',
        during: 'while the index is built',
        rewrite:
          '-- Make a new table with the constraint, copy the rows in batches, and swap the tables; or keep the rule in a trigger.',
      };
    }
  },
});
