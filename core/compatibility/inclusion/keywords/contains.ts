import { isSince } from '../../../schema/dialect.ts';
import { own } from '../../../schema/json.ts';
import { arrayConstraint } from './array-constraint.ts';
import type { KeywordReader } from './keyword.ts';

/** With `minContains` (one, unless given) and `maxContains`, from 2019-09. */
export const contains: KeywordReader = {
  name: 'contains',
  read: (_, { schema, dialect, inside }) => {
    const counted = isSince(dialect, '2019-09');
    const least = counted ? own(schema, 'minContains') : undefined;
    const most = counted ? own(schema, 'maxContains') : undefined;
    const min = typeof least === 'number' ? Math.ceil(least) : 1;
    const max = typeof most === 'number' ? Math.floor(most) : Number.POSITIVE_INFINITY;
    const what = inside('contains');
    return [
      arrayConstraint(`contains from ${min} ${what.id}`, (formulas) => formulas.count(min, formulas.node(what))),
      arrayConstraint(`contains to ${max} ${what.id}`, (formulas) =>
        max === Number.POSITIVE_INFINITY
          ? formulas.algebra.true
          : formulas.algebra.not(formulas.count(max + 1, formulas.node(what))),
      ),
    ];
  },
};
