import { isObject, type Json } from '../../../schema/json.ts';
import type { Formula } from '../atom.ts';
import type { Formulas } from '../formulas.ts';

/** What an array or object must be to be another value than this one. */
export function differs(value: Json, formulas: Formulas): Formula {
  const { algebra, nodes } = formulas;
  if (Array.isArray(value)) {
    return algebra.or([
      formulas.long(value.length + 1),
      algebra.not(formulas.long(value.length)),
      ...value.map((item: Json, at) => algebra.not(formulas.items(at, at + 1, formulas.value(item)))),
    ]);
  }
  if (!isObject(value)) throw new Error('numbers and strings are refused by lists');
  const names = Object.keys(value);
  const others = algebra.not(formulas.member(names));
  return algebra.or([
    algebra.not(formulas.properties(others, nodes.false)),
    ...names.map((name) => algebra.not(formulas.present(name))),
    ...names.map((name) => algebra.not(formulas.property(name, formulas.value(value[name] ?? null)))),
  ]);
}
