import { arrayConstraint } from './array-constraint.ts';
import type { KeywordReader } from './keyword.ts';

export const uniqueItems: KeywordReader = {
  name: 'uniqueItems',
  read: (value) => (value === true ? [arrayConstraint('unique', (formulas) => formulas.unique())] : []),
};
