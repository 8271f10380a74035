import type { Json } from '../../schema/json.ts';

/** The kinds of values that keywords tell apart. A number is an integer or has a fractional part; 1.0 is an integer. */
export const jsonTypes = ['null', 'boolean', 'integer', 'fraction', 'string', 'array', 'object'] as const;
export type JsonType = (typeof jsonTypes)[number];

/** A set of types, one bit each in the order of `jsonTypes`. */
export type TypeMask = number;

export const everyType: TypeMask = 0b111_1111;

export function maskOf(type: JsonType): TypeMask {
  return 1 << jsonTypes.indexOf(type);
}

export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'fraction';
    case 'string':
      return 'string';
    default:
      return Array.isArray(value) ? 'array' : 'object';
  }
}
