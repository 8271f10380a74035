import type { Json } from '../../../schema/json.ts';
import { maskOf, type TypeMask } from '../json-type.ts';
import { typesConstraint } from '../types-constraint.ts';
import type { KeywordReader } from './keyword.ts';

export const type: KeywordReader = {
  name: 'type',
  read: (value) => [typesConstraint([value].flat().reduce<TypeMask>((mask, name: Json) => mask | named(name), 0))],
};

function named(name: Json): TypeMask {
  switch (name) {
    case 'number':
      return maskOf('integer') | maskOf('fraction');
    case 'null':
    case 'boolean':
    case 'integer':
    case 'string':
    case 'array':
    case 'object':
      return maskOf(name);
    default:
      return 0;
  }
}
