import type { SchemaBundle, SchemaDocument } from '../../../schema/document.ts';
import { isObject, type Json, type JsonObject, own } from '../../../schema/json.ts';
import { compilePattern } from '../../../schema/pattern.ts';
import { appendPointer, type Pointer } from '../../../schema/pointer.ts';
import { resolveReference, valueAt } from '../../../schema/references.ts';

interface Place {
  readonly document: SchemaDocument;
  readonly pointer: Pointer;
  readonly schema: JsonObject;
}

const mostPlaces = 60;

/** Values that the author of a schema offers for a place of a document: examples, defaults, listed values. */
export function suggestionsFor(bundle: SchemaBundle, path: readonly (string | number)[]): Json[] {
  const root = bundle.root;
  let places = applied(bundle, placesAt(root, ''));
  for (const step of path) {
    places = applied(
      bundle,
      places.flatMap((place) => stepInto(place, step)),
    );
  }
  const found = places.flatMap(({ schema }) => [
    ...list(own(schema, 'examples')),
    ...(Object.hasOwn(schema, 'example') ? [own(schema, 'example') as Json] : []),
    ...(Object.hasOwn(schema, 'default') ? [own(schema, 'default') as Json] : []),
    ...(Object.hasOwn(schema, 'const') ? [own(schema, 'const') as Json] : []),
    ...list(own(schema, 'enum')).slice(0, 3),
  ]);
  return found.slice(0, 12);
}

function stepInto(place: Place, step: string | number): Place[] {
  const { document, pointer, schema } = place;
  const at = (...segments: (string | number)[]) => placesAt(document, appendPointer(pointer, ...segments));
  if (typeof step === 'number') {
    const array = Array.isArray(own(schema, 'items')) ? 'items' : 'prefixItems';
    const first = list(own(schema, array)).length;
    return step < first ? at(array, step) : [...at('items'), ...at('additionalItems')];
  }
  const properties = own(schema, 'properties');
  if (isObject(properties) && Object.hasOwn(properties, step)) return at('properties', step);
  const patterns = own(schema, 'patternProperties');
  const like = isObject(patterns) ? Object.keys(patterns).filter((source) => compilePattern(source)?.test(step)) : [];
  return like.length > 0 ? like.flatMap((source) => at('patternProperties', source)) : at('additionalProperties');
}

/** With the schemas that apply to the same value. */
function applied(bundle: SchemaBundle, places: readonly Place[]): Place[] {
  const found: Place[] = [];
  const left = [...places];
  for (let next = left.shift(); next && found.length < mostPlaces; next = left.shift()) {
    found.push(next);
    const { document, pointer, schema } = next;
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? resolveReference(bundle, document, pointer, reference) : undefined;
    if (target && isObject(target.value))
      left.push({ document: target.document, pointer: target.pointer, schema: target.value });
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      for (const at of list(own(schema, keyword)).keys())
        left.push(...placesAt(document, appendPointer(pointer, keyword, at)));
    }
    for (const keyword of ['then', 'else']) left.push(...placesAt(document, appendPointer(pointer, keyword)));
  }
  return found;
}

function placesAt(document: SchemaDocument, pointer: Pointer): Place[] {
  const schema = valueAt(document.value, pointer);
  return isObject(schema) ? [{ document, pointer, schema }] : [];
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
