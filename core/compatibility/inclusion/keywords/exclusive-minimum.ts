import { formatRational, rationalOf } from '../rational.ts';
import type { KeywordReader } from './keyword.ts';
import { numberConstraint } from './number-constraint.ts';

export const exclusiveMinimum: KeywordReader = {
  name: 'exclusiveMinimum',
  read: (value) => {
    if (typeof value !== 'number') return [];
    const bound = rationalOf(value);
    return [numberConstraint(`above ${formatRational(bound)} false`, (formulas) => formulas.above(bound, false))];
  },
};
