import type { Atom, Formula } from '../atom.ts';

/** An atom, or the denial of one. */
export interface Literal {
  readonly atom: Atom;
  readonly holds: boolean;
}

/** Undefined when the formula is no literal. */
export function literalOf(formula: Formula): Literal | undefined {
  if (formula.kind === 'leaf') return { atom: formula.leaf, holds: true };
  if (formula.kind === 'not' && formula.of.kind === 'leaf') return { atom: formula.of.leaf, holds: false };
  return undefined;
}
