import type { Dialect } from '../schema/dialect.ts';
import type { SchemaBundle, SchemaDocument } from '../schema/document.ts';
import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { dynamicReferences, fragmentOf, withLocalReferences } from '../schema/local-references.ts';
import { appendPointer, type Pointer, parsePointer } from '../schema/pointer.ts';
import { type ReachedSchema, reach } from '../schema/reach.ts';
import { dynamicAnchorsOf } from './inclusion/read/scope.ts';

/** A place in one of the files that were compared. */
export interface Origin {
  readonly side: 'old' | 'new';
  readonly document: SchemaDocument;
  readonly pointer: Pointer;
}

/**
 * Both versions, with all their files, in one document: `definitions/old0` is the old schema, `definitions/new0` the new one, further
 * numbers are further files. Every reference is a pointer into this document, so any part of one version can be put into the
 * other and still mean the same.
 */
export interface Combined {
  readonly dialect: Dialect;
  readonly value: JsonObject;
  readonly old: Pointer;
  readonly new: Pointer;
  /** The parts that a part refers to, by name (`old0`). */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>;
  /** Where a place came from; undefined outside both versions. */
  origin(pointer: Pointer): Origin | undefined;
}

/**
 * Undefined when one document cannot hold both: different dialects, or dynamic references that mean different things to different
 * users. Those that can lead to one place only become plain ones.
 */
export function combine(oldBundle: SchemaBundle, newBundle: SchemaBundle): Combined | undefined {
  return join([
    ['old', oldBundle],
    ['new', newBundle],
  ]);
}

/** One version alone, in the same form, as `old`. */
export function combineOne(bundle: SchemaBundle): Combined | undefined {
  return join([['old', bundle]]);
}

function join(versions: readonly (readonly ['old' | 'new', SchemaBundle])[]): Combined | undefined {
  const dialect = versions[0]?.[1].root.dialect ?? 'draft-07';
  const parts = new Map<string, { side: 'old' | 'new'; document: SchemaDocument }>();
  const definitions: Record<string, Json> = {};
  const uses = new Map<string, Set<string>>();
  for (const [side, bundle] of versions) {
    const { schemas } = reach(bundle);
    if (schemas.some(({ document }) => document.dialect !== dialect) || isDynamic(schemas)) return undefined;
    const documents = [...new Set([bundle.root, ...schemas.map(({ document }) => document)])];
    for (const [at, document] of documents.entries()) {
      const name = `${side}${at}`;
      parts.set(name, { side, document });
      const used = new Set<string>();
      uses.set(name, used);
      definitions[name] = withLocalReferences(bundle, document, schemas, (target, pointer) => {
        const part = `${side}${documents.indexOf(target)}`;
        used.add(part);
        return fragmentOf(appendPointer('', 'definitions', part) + pointer);
      }).value;
    }
  }
  return {
    dialect,
    value: { definitions },
    old: '/definitions/old0',
    new: '/definitions/new0',
    uses,
    origin: (pointer) => {
      const [, name = '', ...rest] = parsePointer(pointer);
      const part = parts.get(name);
      return part && { ...part, pointer: appendPointer('', ...rest) };
    },
  };
}

/** Whether it depends on the way to a reference where it leads. With one resource that has dynamic anchors it never does. */
function isDynamic(schemas: readonly ReachedSchema[]): boolean {
  const references = schemas.map(({ value, document }) =>
    isObject(value) ? dynamicReferences(value, document.dialect) : [],
  );
  if (references.every((found) => found.length === 0)) return false;
  const documents = new Set(schemas.map(({ document }) => document));
  const resources = [...documents].reduce((sum, document) => sum + dynamicAnchorsOf(document).size, 0);
  return (
    resources > 1 || schemas.some(({ value }, at) => (references[at]?.length ?? 0) + Number(hasReference(value)) > 1)
  );
}

function hasReference(schema: Json): boolean {
  return isObject(schema) && own(schema, '$ref') !== undefined;
}

/** The combined document after an edit, and what the edit put in, which may refer to parts of the other version. */
export interface EditedDocument {
  readonly value: JsonObject;
  readonly added: readonly Json[];
}

/** The combined document as a schema of its own, beginning at `root`, with the parts that it needs. */
export function bundleAt(combined: Combined, root: Pointer, edit?: EditedDocument): SchemaBundle {
  const { value, added } = edit ?? { value: combined.value, added: [] };
  const definitions = own(value, 'definitions');
  const needed = needs(combined, [parsePointer(root)[1] ?? '', ...added.flatMap(partsIn)]);
  const parts = Object.entries(isObject(definitions) ? definitions : {}).filter(([name]) => needed.has(name));
  const schema = { $ref: fragmentOf(root), definitions: Object.fromEntries(parts) };
  let text: string | undefined;
  const document: SchemaDocument = {
    path: 'combined',
    get text() {
      return (text ??= JSON.stringify(schema));
    },
    value: schema,
    dialect: combined.dialect,
    get inexactNumbers() {
      return inexactNumbers(combined);
    },
    literalOf: (pointer) => {
      const origin = combined.origin(pointer);
      return origin?.document.literalOf?.(origin.pointer);
    },
    locate: () => ({ line: 1, column: 1 }),
  };
  return { root: document, files: new Map() };
}

function needs({ uses }: Combined, names: readonly string[]): ReadonlySet<string> {
  const needed = new Set(names);
  // A set that grows while it is walked is walked to its end.
  for (const name of needed) for (const used of uses.get(name) ?? []) needed.add(used);
  return needed;
}

function partsIn(value: Json): string[] {
  return [...JSON.stringify(value).matchAll(/#\/definitions\/((?:old|new)\d+)/g)].map(([, name = '']) => name);
}

const known = new WeakMap<Combined, readonly Pointer[]>();

/** Of both versions, wherever an edit may have put them: the name of the part is what differs between places. */
function inexactNumbers(combined: Combined): readonly Pointer[] {
  const made = known.get(combined) ?? collect(combined);
  known.set(combined, made);
  return made;
}

function collect(combined: Combined): Pointer[] {
  const definitions = own(combined.value, 'definitions');
  return Object.keys(isObject(definitions) ? definitions : {}).flatMap((name) => {
    const part = appendPointer('', 'definitions', name);
    const document = combined.origin(part)?.document;
    return (document?.inexactNumbers ?? []).map((pointer) => part + pointer);
  });
}
