import type { KeywordReader } from './keyword.ts';

export const oneOf: KeywordReader = {
  name: 'oneOf',
  read: (value, { inside }) => {
    if (!Array.isArray(value)) return [];
    const schemas = value.map((_, at) => inside('oneOf', at));
    return [
      {
        key: `one ${schemas
          .map(({ id }) => id)
          .sort((a, b) => a - b)
          .join(',')}`,
        types: schemas.reduce((mask, { types }) => mask | types, 0),
        formula: (type, formulas) =>
          formulas.algebra.one(schemas.map((schema) => formulas.slot(formulas.node(schema), type))),
      },
    ];
  },
};
