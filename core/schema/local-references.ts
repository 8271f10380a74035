import type { Dialect } from './dialect.ts';
import type { SchemaBundle, SchemaDocument } from './document.ts';
import { isObject, type Json, type JsonObject, own } from './json.ts';
import { keywordsOf } from './keywords.ts';
import { type Pointer, parsePointer } from './pointer.ts';
import type { ReachedSchema } from './reach.ts';
import { addressOf, resolveReference } from './references.ts';

/** Names that a resource goes by. With every reference made local they would only clash. */
const names = new Set(['$id', 'id', '$anchor', '$dynamicAnchor', '$recursiveAnchor', '$schema']);

/** The keywords by which a schema refers to what the way to it decides. */
export function dynamicReferences(schema: JsonObject, dialect: Dialect): string[] {
  const table = keywordsOf(dialect);
  return ['$dynamicRef', '$recursiveRef'].filter((name) => table.has(name) && own(schema, name) !== undefined);
}

/** A document whose references need neither its address nor its path. */
export interface LocalDocument {
  readonly value: Json;
  /** The objects in `value` that are schemas, and not a default or a property that looks like one. */
  readonly schemas: ReadonlySet<Json>;
}

/**
 * Copies a document of the bundle with each `$ref` spelled by `spell(target)`. One that leads out of the bundle becomes its absolute
 * address, so it leads nowhere from wherever the copy is put. Dynamic references become `$ref`s to where they lead at first, which is right
 * where they can lead to no other place.
 */
export function withLocalReferences(
  bundle: SchemaBundle,
  document: SchemaDocument,
  reached: readonly ReachedSchema[],
  spell: (document: SchemaDocument, pointer: Pointer) => string,
): LocalDocument {
  const places = new Map<Json, ReachedSchema>();
  for (const schema of reached) if (schema.document === document) places.set(schema.value, schema);
  const schemas = new Set<Json>();
  return { value: copy(document.value), schemas };

  function copy(value: Json): Json {
    if (Array.isArray(value)) return value.map((item: Json) => copy(item));
    if (!isObject(value)) return value;
    const place = places.get(value);
    const members = Object.keys(value)
      .filter((name) => !place || !names.has(name))
      .map((name): [string, Json] => {
        const member = own(value, name) ?? null;
        // Lists of values hold no references, and may hold megabytes.
        return [name, place && name === 'enum' ? member : copy(member)];
      });
    const made: Record<string, Json> = Object.fromEntries(members);
    if (place) schemas.add(made);
    if (!place) return made;
    for (const keyword of ['$ref', ...dynamicReferences(value, document.dialect)]) {
      const reference = own(value, keyword);
      if (typeof reference !== 'string') continue;
      delete made[keyword];
      made['$ref'] = respell(place, reference);
    }
    return made;
  }
  function respell({ pointer }: ReachedSchema, reference: string): string {
    const target = resolveReference(bundle, document, pointer, reference);
    if (target) return spell(target.document, target.pointer);
    const address = addressOf(document, pointer, reference);
    return address ? `${address.resource}#${address.fragment}` : reference;
  }
}

/** A pointer as the fragment of an address. */
export function fragmentOf(pointer: Pointer): string {
  return `#${parsePointer(pointer)
    .map((segment) => `/${encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('')}`;
}
