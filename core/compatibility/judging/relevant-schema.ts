import { isContentKeyword } from '../../schema/content-keywords.ts';
import { ignoresReferenceSiblings } from '../../schema/dialect.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import { type Keyword, keywordsOf } from '../../schema/keywords.ts';
import { compilePattern } from '../../schema/pattern.ts';
import { appendPointer } from '../../schema/pointer.ts';
import { resourcesOf } from '../../schema/resources.ts';
import { ValidatorUnavailable } from '../../schema/validator-unavailable.ts';
import { follow, type ReferenceKeyword } from '../inclusion/read/follow.ts';
import { type Location, locationKey } from '../inclusion/read/location.ts';
import { emptyScope, enter } from '../inclusion/read/scope.ts';
import type { Touched } from './touched.ts';

/** A schema that says of one document what the whole bundle says of it. */
export interface RelevantSchema {
  readonly value: Json;
  /** The objects in `value` that are schemas. */
  readonly schemas: ReadonlySet<Json>;
  /** The references in it; any other leads nowhere. */
  readonly references: ReadonlySet<string>;
}

const references = ['$ref', '$dynamicRef', '$recursiveRef'] as const;
const byName = new Set(['properties', 'dependentSchemas', 'dependencies']);
const aboutItems = new Set(['items', 'prefixItems', 'additionalItems', 'unevaluatedItems']);

/**
 * The part of a bundle that can speak about a document: without annotations, without schemas for properties and items that the
 * document does not have, every reference resolved (the dynamic ones too, by the scope they stand in). A witness is small and a
 * schema large, so ajv compiles a hundredth of it. Throws `ValidatorUnavailable` when that part mixes dialects.
 */
export function relevantSchema(
  bundle: SchemaBundle,
  touched: Touched,
  { contentAssertion = false }: { readonly contentAssertion?: boolean } = {},
): RelevantSchema {
  const { root } = bundle;
  const { dialect } = root;
  const table = keywordsOf(dialect);
  const schemas = new Set<Json>();
  const spelled = new Map<string, string>();
  const definitions: Record<string, Json> = {};
  const left: [string, Location][] = [];

  const scope = enter(emptyScope, root, '');
  const start = spell({ document: root, pointer: '', value: root.value, scope });
  for (let next = left.pop(); next; next = left.pop()) {
    const [name, location] = next;
    if (location.document.dialect !== dialect) {
      throw new ValidatorUnavailable(
        `${location.document.path} is ${location.document.dialect}, the schema is ${dialect}`,
      );
    }
    definitions[name] = copy(location);
  }
  const value = { $ref: start, definitions };
  schemas.add(value);
  return { value, schemas, references: new Set(spelled.values()) };

  function spell(location: Location): string {
    const key = locationKey(location);
    const known = spelled.get(key);
    if (known !== undefined) return known;
    const name = `s${spelled.size}`;
    spelled.set(key, `#/definitions/${name}`);
    left.push([name, location]);
    return `#/definitions/${name}`;
  }

  function copy(location: Location): Json {
    const { value } = location;
    if (!isObject(value)) return value;
    const hidden = ignoresReferenceSiblings(dialect) && typeof own(value, '$ref') === 'string';
    const members = Object.keys(value).flatMap((name): [string, Json][] => {
      const keyword = table.get(name);
      const given = own(value, name);
      if (hidden || given === undefined) return [];
      if (contentAssertion && isContentKeyword(name, dialect)) return [[name, given]];
      if (keyword === undefined) return [];
      if (keyword.role !== 'assertion' && keyword.role !== 'applicator') return [];
      if (aboutItems.has(name) && !touched.hasItems) return [];
      return [[name, copyKeyword(location, keyword, given)]];
    });
    const made = withReferences(location, Object.fromEntries(members));
    schemas.add(made);
    return made;
  }

  function copyKeyword(location: Location, { name, shape }: Keyword, given: Json): Json {
    const isMap = shape === 'map' || shape === 'map-or-names';
    if (shape === 'value') return given;
    if (Array.isArray(given)) return given.map((_: Json, at) => copy(inside(location, name, at)));
    if (!isObject(given) || !isMap) return copy(inside(location, name));
    const kept = Object.keys(given).filter((key) => canApply(name, key));
    return Object.fromEntries(
      kept.map((key) => [key, Array.isArray(given[key]) ? given[key] : copy(inside(location, name, key))]),
    );
  }

  function canApply(keyword: string, key: string): boolean {
    if (byName.has(keyword)) return touched.names.has(key);
    const pattern = keyword === 'patternProperties' ? compilePattern(key) : undefined;
    return pattern === undefined || [...touched.names].some((name) => pattern.test(name));
  }

  function withReferences(location: Location, made: JsonObject): JsonObject {
    const targets = references.flatMap((keyword) => {
      const text = table.has(keyword) && isObject(location.value) ? own(location.value, keyword) : undefined;
      return typeof text === 'string' ? [spelledReference(location, keyword, text)] : [];
    });
    const [first, ...others] = targets;
    if (first === undefined) return made;
    if (others.length === 0) return { ...made, $ref: first };
    const all = own(made, 'allOf');
    const more = targets.map((target) => {
      const holder = { $ref: target };
      schemas.add(holder);
      return holder;
    });
    return { ...made, allOf: [...(Array.isArray(all) ? (all as Json[]) : []), ...more] };
  }

  function spelledReference(location: Location, keyword: ReferenceKeyword, text: string): string {
    const target = follow(bundle, location, keyword, text);
    return target ? spell(target) : text.replace(/^#/, 'nowhere:#');
  }
}

function inside(location: Location, ...path: (string | number)[]): Location {
  const { document, scope } = location;
  const pointer = appendPointer(location.pointer, ...path);
  let at: Json | undefined = location.value;
  for (const segment of path) {
    at = Array.isArray(at) ? (at[Number(segment)] as Json) : isObject(at) ? own(at, String(segment)) : undefined;
  }
  const isResource = resourcesOf(document).bases.has(pointer);
  return { document, pointer, value: at ?? true, scope: isResource ? enter(scope, document, pointer) : scope };
}
