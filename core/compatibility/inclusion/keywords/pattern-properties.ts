import { isObject } from '../../../schema/json.ts';
import { compilePattern } from '../../../schema/pattern.ts';
import { maskOf } from '../json-type.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';

export const patternProperties: KeywordReader = {
  name: 'patternProperties',
  read: (value, { inside, pointer }) => {
    if (!isObject(value)) return [];
    return Object.keys(value).map((source) => {
      if (compilePattern(source) === undefined) {
        return opaqueConstraint(Symbol(source), `this is no pattern of ECMA-262: ${source}`, pointer, maskOf('object'));
      }
      const schema = inside('patternProperties', source);
      return objectConstraint(`properties like ${JSON.stringify(source)} ${schema.id}`, (formulas) =>
        formulas.properties(formulas.match(source), formulas.node(schema)),
      );
    });
  },
};
