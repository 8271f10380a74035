import { own } from '../../../schema/json.ts';
import type { Constraint, Schema } from '../node.ts';
import { arrayConstraint } from './array-constraint.ts';
import type { KeywordReader } from './keyword.ts';

/** One schema for all items behind `prefixItems`; an array of schemas for the first items before 2020-12. */
export const items: KeywordReader = {
  name: 'items',
  read: (value, { schema, dialect, inside }) => {
    if (Array.isArray(value))
      return dialect === '2020-12' ? [] : value.map((_, at) => itemsFrom(at, at + 1, inside('items', at)));
    const prefix = dialect === '2020-12' ? own(schema, 'prefixItems') : undefined;
    return [itemsFrom(Array.isArray(prefix) ? prefix.length : 0, Number.POSITIVE_INFINITY, inside('items'))];
  },
};

/** Items from index `from` up to but not including `to`. */
export function itemsFrom(from: number, to: number, schema: Schema): Constraint {
  return arrayConstraint(`items ${from} ${to} ${schema.id}`, (formulas) =>
    formulas.items(from, to, formulas.node(schema)),
  );
}
