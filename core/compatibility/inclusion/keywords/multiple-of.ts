import { formatRational, rationalOf } from '../rational.ts';
import type { KeywordReader } from './keyword.ts';
import { numberConstraint } from './number-constraint.ts';

export const multipleOf: KeywordReader = {
  name: 'multipleOf',
  read: (value) => {
    if (typeof value !== 'number' || value <= 0) return [];
    const of = rationalOf(value);
    return [numberConstraint(`multiple ${formatRational(of)}`, (formulas) => formulas.multiple(of))];
  },
};
