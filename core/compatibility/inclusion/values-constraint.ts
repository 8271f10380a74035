import { canonicalJson } from '../../schema/canonical.ts';
import type { Json } from '../../schema/json.ts';
import { maskOf, typeOf } from './json-type.ts';
import type { Constraint } from './node.ts';

/** Is one of the values: `enum` and `const`. */
export function valuesConstraint(list: readonly Json[]): Constraint {
  const values = new Map(list.map((value) => [canonicalJson(value), value]));
  return {
    key: `values ${[...values.keys()].sort().join(',')}`,
    types: [...values.values()].reduce<number>((mask, value) => mask | maskOf(typeOf(value)), 0),
    values,
    formula: (type, formulas) => formulas.member([...values.values()].filter((value) => typeOf(value) === type)),
  };
}
