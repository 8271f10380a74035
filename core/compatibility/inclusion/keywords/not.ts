import type { KeywordReader } from './keyword.ts';

export const not: KeywordReader = {
  name: 'not',
  read: (_, { inside }) => {
    const schema = inside('not');
    return [
      {
        key: `not ${schema.id}`,
        formula: (type, formulas) => formulas.algebra.not(formulas.slot(formulas.node(schema), type)),
      },
    ];
  },
};
