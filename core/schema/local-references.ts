import type { SchemaBundle, SchemaDocument } from './document.ts';
import { type Json, type JsonObject, own } from './json.ts';
import { type Pointer, parsePointer } from './pointer.ts';
import { prepareForAjv } from './prepare-for-ajv.ts';
import type { ReachedSchema } from './reach.ts';
import { resolveReference } from './references.ts';

/** Stands for a `$ref` that leads out of the repository: nobody knows what it asks, so whoever evaluates it must give up. */
export const unresolved = 'sluice:unresolved';

/** Names that a resource goes by; with every reference made local they would only clash between old and new. */
const names = new Set(['$id', 'id', '$anchor', '$dynamicAnchor', '$recursiveAnchor', '$schema']);

/**
 * The root and the other files of a bundle with each `$ref` written as `#/pointer` or `sluice:<number>#/pointer`, so that a validator
 * needs neither addresses nor paths; one that leads nowhere as `unresolved`. References to metaschemas keep their published address.
 */
export function withLocalReferences(
  bundle: SchemaBundle,
  schemas: readonly ReachedSchema[],
): [Json, Map<string, Json>] {
  const documents = [...new Set([bundle.root, ...schemas.map(({ document }) => document)])];
  const repository = documents.filter((document) => document === bundle.root || bundle.files.has(document.path));
  const places = new Map<Json, ReachedSchema>(schemas.map((schema) => [schema.value, schema]));
  const values = new Set(places.keys());

  function rewrite(document: SchemaDocument, original: Json, schema: JsonObject): JsonObject {
    const place = places.get(original);
    const reference = own(schema, '$ref');
    const kept = Object.entries(schema).filter(([name]) => !names.has(name));
    if (typeof reference === 'string' && place) {
      const target = resolveReference(bundle, document, place.pointer, reference);
      return Object.fromEntries(
        kept.map(([name, value]) =>
          name === '$ref' ? (target ? ['$ref', address(document, target)] : [unresolved, value]) : [name, value],
        ),
      );
    }
    return Object.fromEntries(kept);
  }
  function address(from: SchemaDocument, target: { document: SchemaDocument; pointer: Pointer }): string {
    const at = repository.indexOf(target.document);
    const resource = target.document === from ? '' : at === -1 ? target.document.path : `sluice:${at}`;
    return `${resource}#${parsePointer(target.pointer)
      .map((segment) => `/${encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
      .join('')}`;
  }
  const prepared = repository.map((document) =>
    prepareForAjv(document.value, document.dialect, values, (schema, original) => rewrite(document, original, schema)),
  );
  const [root = true, ...others] = prepared;
  const rest = new Map(others.map((schema, at) => [`sluice:${at + 1}`, schema]));
  if (others.length === 0) return [root, rest];
  return [{ $ref: 'sluice:0#' }, new Map([['sluice:0', root], ...rest])];
}
