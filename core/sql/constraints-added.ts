import type { ActionOf } from './action/action.ts';
import type { TableConstraint } from './action/definition.ts';

/** The constraints of a kind that ADD CONSTRAINT or ADD COLUMN brings. */
export function constraintsAdded(
  action: ActionOf<'add-constraint' | 'add-column'>,
  kind: TableConstraint['kind'],
): readonly TableConstraint[] {
  const all = action.kind === 'add-constraint' ? [action.constraint] : action.column.constraints;
  return all.filter((constraint) => constraint.kind === kind);
}
