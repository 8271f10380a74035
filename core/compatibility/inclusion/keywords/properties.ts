import { isObject } from '../../../schema/json.ts';
import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';

export const properties: KeywordReader = {
  name: 'properties',
  read: (value, { inside }) => {
    if (!isObject(value)) return [];
    return Object.keys(value).map((name) => {
      const schema = inside('properties', name);
      return objectConstraint(`property ${JSON.stringify(name)} ${schema.id}`, (formulas) =>
        formulas.property(name, formulas.node(schema)),
      );
    });
  },
};
