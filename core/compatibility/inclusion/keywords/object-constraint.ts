import type { Formula } from '../atom.ts';
import type { Formulas } from '../formulas.ts';
import type { Constraint } from '../node.ts';

/** An assertion that only concerns objects. */
export function objectConstraint(key: string, formula: (formulas: Formulas) => Formula): Constraint {
  return { key, formula: (type, formulas) => (type === 'object' ? formula(formulas) : formulas.algebra.true) };
}
