import type { Formula } from '../atom.ts';
import type { Formulas } from '../formulas.ts';
import type { JsonType } from '../json-type.ts';
import type { KeywordReader } from './keyword.ts';

/** `minLength`, `minItems`, `minProperties`. */
export function atLeast(name: string, type: JsonType): KeywordReader {
  return sizeKeyword(name, type, 'from', (size, formulas) => formulas.long(Math.ceil(size)));
}

/** `maxLength`, `maxItems`, `maxProperties`. */
export function atMost(name: string, type: JsonType): KeywordReader {
  return sizeKeyword(name, type, 'to', (size, formulas) => formulas.algebra.not(formulas.long(Math.floor(size) + 1)));
}

function sizeKeyword(
  name: string,
  type: JsonType,
  word: string,
  formula: (size: number, formulas: Formulas) => Formula,
): KeywordReader {
  return {
    name,
    read: (value) => {
      if (typeof value !== 'number') return [];
      return [
        {
          key: `${type} size ${word} ${value}`,
          formula: (asked, formulas) => (asked === type ? formula(value, formulas) : formulas.algebra.true),
        },
      ];
    },
  };
}
