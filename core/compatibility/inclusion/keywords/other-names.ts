import type { Formula } from '../atom.ts';
import type { Formulas } from '../formulas.ts';

/** All names but these, and but those that contain one of the patterns. */
export function otherNames(names: readonly string[], patterns: readonly string[], formulas: Formulas): Formula {
  const { algebra } = formulas;
  return algebra.and([
    algebra.not(formulas.member(names)),
    ...patterns.map((source) => algebra.not(formulas.match(source))),
  ]);
}
