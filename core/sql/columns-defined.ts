import { unreachable } from '../unreachable.ts';
import type { ActionOf } from './action/action.ts';
import { quote } from './action/name.ts';
import type { DataType } from './action/type-name.ts';

/** Names (quoted for SQL) and types of the columns that a statement defines or gives another type. */
export function columnsDefined(
  action: ActionOf<'create-table' | 'add-column' | 'change-type'>,
): readonly { readonly name: string; readonly type: DataType }[] {
  switch (action.kind) {
    case 'create-table':
      return action.columns.map(({ name, type }) => ({ name: quote(name), type }));
    case 'add-column':
      return [{ name: quote(action.column.name), type: action.column.type }];
    case 'change-type':
      return [{ name: quote(action.column), type: action.type }];
    default:
      return unreachable(action);
  }
}
