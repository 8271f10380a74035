import { canonicalJson } from '../../schema/canonical.ts';
import type { Json } from '../../schema/json.ts';
import { type JsonType, maskOf, typeOf } from './json-type.ts';
import { listKey } from './list-key.ts';
import type { Constraint } from './node.ts';

/** Is one of the values: `enum` and `const`. */
export function valuesConstraint(list: readonly Json[]): Constraint {
  const values = new Map(list.map((value) => [canonicalJson(value), value]));
  return {
    key: `values ${listKey(values.keys())}`,
    types: [...values.values()].reduce<number>((mask, value) => mask | maskOf(typeOf(value)), 0),
    values,
    formula: (type, formulas) => formulas.memberOf(ofType(values, type)),
  };
}

function ofType(values: ReadonlyMap<string, Json>, type: JsonType): ReadonlyMap<string, Json> {
  const kept = [...values].filter(([, value]) => typeOf(value) === type);
  return kept.length === values.size ? values : new Map(kept);
}
