import { isObject } from '../../../schema/json.ts';
import type { Constraint, Schema } from '../node.ts';
import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';

export const dependentSchemas: KeywordReader = {
  name: 'dependentSchemas',
  read: (value, { inside }) =>
    isObject(value) ? Object.keys(value).map((name) => ifPresentApply(name, inside('dependentSchemas', name))) : [],
};

export function ifPresentApply(name: string, schema: Schema): Constraint {
  return objectConstraint(`if ${JSON.stringify(name)} present apply ${schema.id}`, (formulas) =>
    formulas.algebra.or([
      formulas.property(name, formulas.nodes.false),
      formulas.slot(formulas.node(schema), 'object'),
    ]),
  );
}
