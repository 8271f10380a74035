import { isObject } from '../../../schema/json.ts';
import type { Constraint } from '../node.ts';
import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';

export const dependentRequired: KeywordReader = {
  name: 'dependentRequired',
  read: (value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, others]) =>
          Array.isArray(others) ? others.map((other) => ifPresentRequire(name, String(other))) : [],
        )
      : [],
};

export function ifPresentRequire(name: string, other: string): Constraint {
  return objectConstraint(`if ${JSON.stringify(name)} present require ${JSON.stringify(other)}`, (formulas) =>
    formulas.algebra.or([formulas.property(name, formulas.nodes.false), formulas.present(other)]),
  );
}
