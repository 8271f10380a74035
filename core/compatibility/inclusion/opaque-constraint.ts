import type { Pointer } from '../../schema/pointer.ts';
import { type JsonType, maskOf, type TypeMask } from './json-type.ts';
import type { Constraint } from './node.ts';

let made = 0;

/**
 * Something that is not understood. With a text as its key it equals what has the same text; with a symbol it equals nothing.
 * `about`: the types it says something about. `test`: what a single string is known to be.
 */
export function opaqueConstraint(
  key: string | symbol,
  reason: string,
  pointer: Pointer,
  about?: TypeMask,
  test?: (text: string) => boolean | undefined,
): Constraint {
  const name = typeof key === 'string' ? `opaque ${key}` : `opaque alone ${(made += 1)}`;
  return {
    key: name,
    formula: (type: JsonType, formulas) =>
      about !== undefined && (about & maskOf(type)) === 0
        ? formulas.algebra.true
        : formulas.opaque(name, reason, pointer, test),
  };
}
