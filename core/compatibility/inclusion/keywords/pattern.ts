import { compilePattern } from '../../../schema/pattern.ts';
import { maskOf } from '../json-type.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import type { KeywordReader } from './keyword.ts';

export const pattern: KeywordReader = {
  name: 'pattern',
  read: (value, { pointer }) => {
    if (typeof value !== 'string') return [];
    if (compilePattern(value) === undefined) {
      return [opaqueConstraint(Symbol(value), `this is no pattern of ECMA-262: ${value}`, pointer, maskOf('string'))];
    }
    return [
      {
        key: `pattern ${value}`,
        formula: (type, formulas) => (type === 'string' ? formulas.match(value) : formulas.algebra.true),
      },
    ];
  },
};
