import { maskOf, type TypeMask } from './json-type.ts';
import type { Constraint } from './node.ts';

/** Has one of these types. */
export function typesConstraint(types: TypeMask): Constraint {
  return {
    key: `types ${types}`,
    types,
    formula: (type, { algebra }) => ((types & maskOf(type)) === 0 ? algebra.false : algebra.true),
  };
}
