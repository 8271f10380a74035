import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';

/** A property whose name does not satisfy the schema is forbidden. */
export const propertyNames: KeywordReader = {
  name: 'propertyNames',
  read: (_, { inside }) => {
    const names = inside('propertyNames');
    return [
      objectConstraint(`names ${names.id}`, (formulas) => {
        const { algebra, nodes } = formulas;
        return formulas.properties(algebra.not(formulas.slot(formulas.node(names), 'string')), nodes.false);
      }),
    ];
  },
};
