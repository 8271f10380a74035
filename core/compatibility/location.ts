import { isObject, type Json, type JsonObject } from '../schema/json.ts';
import { type Pointer, parsePointer } from '../schema/pointer.ts';
import { valueAt } from '../schema/references.ts';

/**
 * Where a schema is edited. A definition that stands for several different schemas of the other version must not be edited for all of
 * them, so on this way it is first copied to the place that refers to it.
 */
export interface Location {
  readonly copies: readonly { readonly holder: Pointer; readonly target: Pointer }[];
  /** In the document after the copies were made. */
  readonly pointer: Pointer;
}

/** A part of a schema that a change sets or takes away (undefined), by its way from that schema. */
export interface Edit {
  readonly segments: readonly (string | number)[];
  readonly value: Json | undefined;
}

/** The document with only these parts changed. Whatever lies off the way is shared, not copied. */
export function edited(document: JsonObject, location: Location, edits: readonly Edit[]): JsonObject {
  let made: Json = document;
  for (const { holder, target } of location.copies) {
    made = replaced(made, parsePointer(holder), valueAt(document, target));
  }
  const base = parsePointer(location.pointer);
  for (const { segments, value } of edits) made = replaced(made, [...base, ...segments.map(String)], value);
  return isObject(made) ? made : document;
}

function replaced(node: Json, segments: readonly string[], value: Json | undefined): Json {
  const [first, ...rest] = segments;
  if (first === undefined) return value ?? true;
  if (Array.isArray(node)) {
    return node.map((item: Json, at) => (String(at) === first ? replaced(item, rest, value) : item));
  }
  const object = isObject(node) ? node : {};
  const inner =
    rest.length === 0 ? value : replaced(Object.hasOwn(object, first) ? (object[first] ?? null) : {}, rest, value);
  // A copy made at once: by entries it takes five times as long, and there may be ten thousand.
  const made: JsonObject = { ...object };
  Reflect.deleteProperty(made, first);
  if (inner === undefined) return made;
  // Defined and not assigned: the name may be `__proto__`.
  return Object.defineProperty(made, first, { value: inner, enumerable: true, configurable: true, writable: true });
}
