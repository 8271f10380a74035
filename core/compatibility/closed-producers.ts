import type { SchemaBundle } from '../schema/document.ts';
import { isObject, type Json, own } from '../schema/json.ts';
import { fragmentOf } from '../schema/local-references.ts';
import { appendPointer, type Pointer } from '../schema/pointer.ts';
import { bundleAt, type Combined, combineOne } from './combined.ts';
import { declared, isOpen, type Place } from './declared-content.ts';
import { satisfyingValue } from './inclusion/decide.ts';

const known = new WeakMap<SchemaBundle, SchemaBundle>();

/**
 * What writers of a schema emit when they emit declared properties only: the documents of the schema whose objects have no
 * properties but those that some `properties` or `patternProperties` on their place names. Objects for which none is named, and
 * those whose further properties have a schema of their own, are maps and stay open.
 *
 * Built as `allOf` of the schema and a second one that only closes, so that nothing inside the schema (a `not`, an
 * `unevaluatedProperties`) changes its meaning. The bundle itself where that cannot be said: then every valid document counts, and
 * `compatible` still holds.
 */
export function closedProducers(bundle: SchemaBundle): SchemaBundle {
  const made = known.get(bundle) ?? closeWhereWritable(bundle);
  known.set(bundle, made);
  return made;
}

/** Writers that could emit nothing at all are a misunderstanding, and "nothing" would be compatible with everything. */
function closeWhereWritable(bundle: SchemaBundle): SchemaBundle {
  const closed = close(bundle);
  return satisfyingValue({ bundle: closed, pointer: '' }, { formatAssertion: false }).kind === 'found'
    ? closed
    : bundle;
}

function close(bundle: SchemaBundle): SchemaBundle {
  const combined = combineOne(bundle);
  if (!combined) return bundle;
  const source = bundleAt(combined, combined.old).root;
  const { value, dialect } = source;
  const closing = new Closing(combined);
  const root = closing.nameOf([combined.old]);
  const parts = isObject(value) ? own(value, 'definitions') : undefined;
  const schema: Json = {
    allOf: [{ $ref: fragmentOf(combined.old) }, { $ref: fragmentOf(root) }],
    definitions: { ...(isObject(parts) ? parts : {}), closed: closing.definitions() },
  };
  const document = {
    path: bundle.root.path,
    text: JSON.stringify(schema),
    value: schema,
    dialect,
    get inexactNumbers() {
      return source.inexactNumbers;
    },
    literalOf: (pointer: Pointer) => source.literalOf?.(pointer),
    locate: (pointer: Pointer) => bundle.root.locate(combined.origin(pointer)?.pointer ?? ''),
  };
  return { root: document, files: new Map() };
}

/** The schemas that close: one for each set of schemas that describe the same place of a document. */
class Closing {
  private readonly made = new Map<string, Json>();
  private readonly names = new Map<string, string>();
  private readonly combined: Combined;

  constructor(combined: Combined) {
    this.combined = combined;
  }

  nameOf(pointers: readonly Pointer[]): Pointer {
    const key = [...new Set(pointers)].sort().join(' ');
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = `${this.names.size}`;
    const pointer = appendPointer('', 'definitions', 'closed', name);
    this.names.set(key, pointer);
    this.made.set(name, this.closing(declared(this.combined, pointers)));
    return pointer;
  }

  definitions(): Json {
    return Object.fromEntries(this.made);
  }

  private closing(place: Place): Json {
    const { properties, patterns, items } = place;
    const inner = (pointers: readonly Pointer[]): Json => ({ $ref: fragmentOf(this.nameOf(pointers)) });
    return {
      properties: Object.fromEntries([...properties].map(([name, pointers]) => [name, inner(pointers)])),
      // Not closed further: a property may match several of them, or have a name of its own.
      patternProperties: Object.fromEntries([...patterns].map((pattern) => [pattern, {}])),
      ...(isOpen(place) ? {} : { additionalProperties: false }),
      ...(items.length === 0 ? {} : { items: inner(items) }),
    };
  }
}
