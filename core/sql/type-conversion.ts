import type { DataType } from './action/type-name.ts';

interface Before {
  readonly type: string;
  readonly modifiers: readonly number[];
}

/**
 * Whether PostgreSQL changes a column's type without a look at the rows, as ATColumnChangeRequiresRewrite decides it.
 * timestamp to timestamptz is not among them: it depends on the session's time zone.
 */
export function isFreeConversion(before: Before, after: DataType): boolean {
  if (after.array) return false;
  const [oldFirst, oldScale = 0] = before.modifiers;
  const [newFirst, newScale = 0] = after.modifiers;
  switch (`${before.type} ${after.name}`) {
    case 'varchar text':
    case 'text text':
    case 'cidr inet':
      return true;
    case 'text varchar':
      return newFirst === undefined;
    case 'varchar varchar':
    case 'varbit varbit':
      return newFirst === undefined || (oldFirst !== undefined && newFirst >= oldFirst);
    case 'numeric numeric':
      return newFirst === undefined || (oldFirst !== undefined && newFirst >= oldFirst && newScale === oldScale);
    case 'timestamp timestamp':
    case 'timestamptz timestamptz':
    case 'time time':
    case 'timetz timetz':
      return newFirst === undefined || (oldFirst !== undefined && newFirst >= oldFirst);
    case 'bpchar bpchar':
      return oldFirst === newFirst;
    default:
      return before.type === after.name && before.modifiers.join() === after.modifiers.join();
  }
}
