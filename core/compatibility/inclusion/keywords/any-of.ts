import { everyType } from '../json-type.ts';
import type { Constraint, Schema } from '../node.ts';
import type { KeywordReader } from './keyword.ts';

export const anyOf: KeywordReader = {
  name: 'anyOf',
  read: (value, { inside }) => (Array.isArray(value) ? [anySchema(value.map((_, at) => inside('anyOf', at)))] : []),
};

export function anySchema(schemas: readonly Schema[]): Constraint {
  const ids = [...new Set(schemas.map(({ id }) => id))].sort((a, b) => a - b);
  return {
    key: `any ${ids.join(',')}`,
    types: schemas.reduce((mask, { types }) => mask | types, 0) & everyType,
    formula: (type, formulas) =>
      formulas.algebra.or(schemas.map((schema) => formulas.slot(formulas.node(schema), type))),
  };
}
