import { own } from '../../../schema/json.ts';
import { formatRational, rationalOf } from '../rational.ts';
import type { KeywordReader } from './keyword.ts';
import { numberConstraint } from './number-constraint.ts';

/** In draft 04 a boolean `exclusiveMaximum` beside it takes out the bound itself. */
export const maximum: KeywordReader = {
  name: 'maximum',
  read: (value, { schema }) => {
    if (typeof value !== 'number') return [];
    const bound = rationalOf(value);
    const inclusive = own(schema, 'exclusiveMaximum') !== true;
    return [
      numberConstraint(`below ${formatRational(bound)} ${inclusive}`, (formulas) =>
        formulas.algebra.not(formulas.above(bound, !inclusive)),
      ),
    ];
  },
};
