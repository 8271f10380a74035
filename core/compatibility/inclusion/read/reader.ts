import { dialectNamed, ignoresReferenceSiblings } from '../../../schema/dialect.ts';
import type { SchemaBundle } from '../../../schema/document.ts';
import { isObject, type Json, own } from '../../../schema/json.ts';
import { keywordsOf } from '../../../schema/keywords.ts';
import { appendPointer, type Pointer } from '../../../schema/pointer.ts';
import { addressOf, valueAt } from '../../../schema/references.ts';
import { resourcesOf } from '../../../schema/resources.ts';
import { subschemas } from '../../../schema/subschemas.ts';
import { Exhausted } from '../budget.ts';
import type { Formulas } from '../formulas.ts';
import { keywordReaders } from '../keywords/index.ts';
import type { Reading, ReadingOptions } from '../keywords/keyword.ts';
import type { Constraint, Schema } from '../node.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import { typesConstraint } from '../types-constraint.ts';
import { type Graph, nameCycles } from './cycles.ts';
import { follow, type ReferenceKeyword } from './follow.ts';
import { inexactConstraint } from './inexact.ts';
import { type Location, locationKey } from './location.ts';
import { emptyScope, enter } from './scope.ts';

const readersByName = new Map(keywordReaders.map((reader) => [reader.name, reader]));
let readers = 0;
const maxDepth = 450;
/** By name, or by a name that may be spelled with escapes. */
const refersAnywhere = /\$(ref|dynamicRef|recursiveRef)|\\[uUx]/;

/** Turns the schemas of one bundle into the intermediate form, each place once. */
export class Reader {
  private readonly bundle: SchemaBundle;
  private readonly formulas: Formulas;
  private readonly options: ReadingOptions;
  private readonly known = new Map<string, Schema>();
  private readonly cycles = new Map<string, string>();
  private readonly name = String((readers += 1));
  private depth = 0;
  /** Addresses of schemas that the bundle does not have, as far as it was read. */
  readonly remotes = new Set<string>();

  constructor(bundle: SchemaBundle, formulas: Formulas, options: ReadingOptions) {
    this.bundle = bundle;
    this.formulas = formulas;
    this.options = options;
  }

  /** The schema at a place of the root document. Throws `Exhausted` when there is none, or it is nested too deeply. */
  schemaAt(pointer: Pointer): Schema {
    const document = this.bundle.root;
    const value = valueAt(document.value, pointer);
    if (value === undefined) throw new Exhausted('there is no schema at this place');
    const location = { document, pointer, value, scope: enter(enter(emptyScope, document, ''), document, pointer) };
    if (!this.known.has(locationKey(location)) && refersAnywhere.test(document.text)) {
      nameCycles(location, this.graph, this.cycles);
    }
    return this.read(location);
  }

  read(location: Location): Schema {
    const { value } = location;
    if (value === true) return this.formulas.schemas.intern([]);
    if (value === false) return this.formulas.schemas.intern([typesConstraint(0)]);
    const key = locationKey(location);
    const known = this.known.get(key);
    if (known) return known;
    const cycle = this.cycles.get(key);
    const made = cycle
      ? this.formulas.schemas.recursive(cycle, () => this.constraints(location))
      : this.formulas.schemas.intern(this.constraints(location));
    this.known.set(key, made);
    return made;
  }

  private readonly childrenOf = new WeakMap<Location, ReturnType<Graph['children']>>();
  private readonly referencesOf = new WeakMap<Location, ReturnType<Graph['references']>>();
  private readonly graph: Graph = {
    children: (location) => remembered(this.childrenOf, location, () => this.children(location)),
    references: (location) => remembered(this.referencesOf, location, () => this.references(location)),
    nameOf: (location) => this.read(location).key,
    shorten: (text) => this.formulas.schemas.shorten(text),
  };

  private children(location: Location): { path: readonly (string | number)[]; location: Location }[] {
    const { value, document } = location;
    return subschemas(value, document.dialect).flatMap(({ keyword, segments }) =>
      keyword.role === 'definitions' || keyword.role === 'annotation'
        ? []
        : [{ path: segments, location: this.inside(location, segments) }],
    );
  }

  private references(location: Location): { keyword: string; target: Location | undefined; text: string }[] {
    const { value, document } = location;
    if (!isObject(value)) return [];
    return (['$ref', '$dynamicRef', '$recursiveRef'] as const).flatMap((keyword) => {
      const text = keywordsOf(document.dialect).has(keyword) ? own(value, keyword) : undefined;
      if (typeof text !== 'string') return [];
      const target = follow(this.bundle, location, keyword, text);
      // What leads nowhere is only known to be the same where its whole address is.
      const address = target
        ? text
        : (this.remoteName(location, text) ?? `${text} in ${this.name} ${location.pointer}`);
      return [{ keyword, target, text: address }];
    });
  }

  private inside({ document, pointer, value, scope }: Location, path: readonly (string | number)[]): Location {
    const inner = appendPointer(pointer, ...path);
    let at: Json | undefined = value;
    for (const segment of path)
      at = Array.isArray(at) ? (at[Number(segment)] as Json) : isObject(at) ? own(at, String(segment)) : undefined;
    return {
      document,
      pointer: inner,
      value: at ?? true,
      scope: resourcesOf(document).bases.has(inner) ? enter(scope, document, inner) : scope,
    };
  }

  private constraints(location: Location): Constraint[] {
    const { value, document, pointer } = location;
    if (!isObject(value)) return [opaqueConstraint(Symbol(pointer), 'this is no schema', pointer)];
    // Only a schema with an address of its own may speak another dialect; elsewhere `$schema` is not allowed and says nothing.
    const isEmbedded = pointer !== '' && resourcesOf(document).bases.has(pointer);
    const inner = isEmbedded ? own(value, '$schema') : undefined;
    if (typeof inner === 'string' && dialectNamed(inner) !== document.dialect) {
      return [opaqueConstraint(Symbol(pointer), 'a schema of another dialect stands inside of this one', pointer)];
    }
    this.depth += 1;
    try {
      if (this.depth > maxDepth) throw new Exhausted('the schema is nested too deeply');
      const hidden = ignoresReferenceSiblings(document.dialect) && typeof own(value, '$ref') === 'string';
      const reading = this.reading(location);
      const table = keywordsOf(document.dialect);
      const found: Constraint[] = [];
      for (const [name, given] of Object.entries(value)) {
        const reader = readersByName.get(name);
        if (reader === undefined || (hidden && name !== '$ref') || !(reader.annotation || table.has(name))) continue;
        const inexact = inexactConstraint(location, name);
        if (inexact) found.push(inexact);
        else found.push(...reader.read(given, reading));
      }
      return found;
    } finally {
      this.depth -= 1;
    }
  }

  /**
   * The address of a schema that both versions may refer to without having it: it is taken to be the same schema in both. Not
   * where dynamic anchors are about, for what a remote schema means may depend on them.
   */
  private remoteName({ document, pointer, scope }: Location, reference: string): string | undefined {
    const address = addressOf(document, pointer, reference);
    if (address === undefined || !/^https?:/.test(address.resource) || scope.resources.length > 0) return undefined;
    const name = `${address.resource}#${address.fragment}`;
    this.remotes.add(name);
    // A schema that names no dialect is read by that of whoever refers to it.
    return `${name} in ${document.dialect}`;
  }

  private reading(location: Location): Reading {
    const { value, document, pointer } = location;
    const schema = isObject(value) ? value : {};
    return {
      schema,
      dialect: document.dialect,
      pointer,
      options: this.options,
      schemas: this.formulas.schemas,
      location,
      inside: (...path) => this.read(this.inside(location, path)),
      insideLocation: (from, ...path) => this.inside(from, path),
      read: (other) => this.read(other),
      follow: (from, keyword: ReferenceKeyword, reference) => follow(this.bundle, from, keyword, reference),
      remoteName: (reference) => this.remoteName(location, reference),
      isRecursive: (other) => this.cycles.has(locationKey(other)),
    };
  }
}

function remembered<Value>(known: WeakMap<Location, Value>, location: Location, make: () => Value): Value {
  const value = known.get(location) ?? make();
  known.set(location, value);
  return value;
}
