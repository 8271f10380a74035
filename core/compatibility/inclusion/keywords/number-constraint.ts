import type { Formula } from '../atom.ts';
import type { Formulas } from '../formulas.ts';
import type { Constraint } from '../node.ts';

/** An assertion that only concerns numbers. */
export function numberConstraint(key: string, formula: (formulas: Formulas) => Formula): Constraint {
  return {
    key,
    formula: (type, formulas) =>
      type === 'integer' || type === 'fraction' ? formula(formulas) : formulas.algebra.true,
  };
}
