import { canonicalValues } from '../../schema/canonical-values.ts';
import type { Json } from '../../schema/json.ts';
import { type JsonType, maskOf, typeOf } from './json-type.ts';
import { listKey } from './list-key.ts';
import type { Constraint } from './node.ts';

/** Is one of the values: `enum` and `const`. */
export function valuesConstraint(list: readonly Json[]): Constraint {
  const values = canonicalValues(list);
  let types = 0;
  for (const value of values.values()) types |= maskOf(typeOf(value));
  return {
    key: `values ${listKey(values.keys())}`,
    types,
    values,
    formula: (type, formulas) => formulas.memberOf(ofType(values, types, type)),
  };
}

/** Without copies where there is no need: lists may hold megabytes. */
function ofType(values: ReadonlyMap<string, Json>, types: number, type: JsonType): ReadonlyMap<string, Json> {
  if (types === maskOf(type)) return values;
  const kept = new Map<string, Json>();
  if ((types & maskOf(type)) === 0) return kept;
  for (const [key, value] of values) if (typeOf(value) === type) kept.set(key, value);
  return kept;
}
