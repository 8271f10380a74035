import { own } from '../../../schema/json.ts';
import { formatRational, rationalOf } from '../rational.ts';
import type { KeywordReader } from './keyword.ts';
import { numberConstraint } from './number-constraint.ts';

/** In draft 04 a boolean `exclusiveMinimum` beside it takes out the bound itself. */
export const minimum: KeywordReader = {
  name: 'minimum',
  read: (value, { schema }) => {
    if (typeof value !== 'number') return [];
    const bound = rationalOf(value);
    const inclusive = own(schema, 'exclusiveMinimum') !== true;
    return [
      numberConstraint(`above ${formatRational(bound)} ${inclusive}`, (formulas) => formulas.above(bound, inclusive)),
    ];
  },
};
