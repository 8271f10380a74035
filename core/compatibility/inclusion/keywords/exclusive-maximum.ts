import { formatRational, rationalOf } from '../rational.ts';
import type { KeywordReader } from './keyword.ts';
import { numberConstraint } from './number-constraint.ts';

export const exclusiveMaximum: KeywordReader = {
  name: 'exclusiveMaximum',
  read: (value) => {
    if (typeof value !== 'number') return [];
    const bound = rationalOf(value);
    return [
      numberConstraint(`below ${formatRational(bound)} false`, (formulas) =>
        formulas.algebra.not(formulas.above(bound, true)),
      ),
    ];
  },
};
