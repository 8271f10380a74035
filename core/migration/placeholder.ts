import { isObject, type Json } from '../schema/json.ts';
import { appendPointer, type Pointer } from '../schema/pointer.ts';

/** Stands in a proposed migration where only a person knows the value. A migration file that still has one is refused. */
export function placeholder(what: string): string {
  return `<fill in: ${what}>`;
}

export function isPlaceholder(value: Json): boolean {
  return typeof value === 'string' && /^<fill in\b.*>$/s.test(value);
}

/** Every value inside a value, itself first, with its pointer. */
export function* walk(value: Json, pointer: Pointer = ''): Generator<{ pointer: Pointer; value: Json }> {
  yield { pointer, value };
  const members = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [key, inner] of members) yield* walk(inner as Json, appendPointer(pointer, key));
}
