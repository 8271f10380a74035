import type { Json } from './json.ts';
import type { Pointer } from './pointer.ts';
import type { Position } from './position.ts';

/** A text, read: what both formats give. */
export interface ReadText {
  readonly value: Json;
  /** Where the value at a pointer stands; undefined when there is none. */
  position(pointer: Pointer): Position | undefined;
  /** Numbers that JavaScript changed in reading them. */
  inexactNumbers(): readonly Pointer[];
  /** The same, with their digits in the text. */
  inexactLiterals(): ReadonlyMap<Pointer, string>;
}
