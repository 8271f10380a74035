import { isObject, type Json, own } from '../schema/json.ts';
import { appendPointer, type Pointer, parsePointer } from '../schema/pointer.ts';
import { valueAt } from '../schema/references.ts';
import { subschemas } from '../schema/subschemas.ts';
import type { Combined } from './combined.ts';

/** What a set of schemas names inside the values it describes. Schemas are given by pointers into the combined document. */
export interface Place {
  readonly properties: ReadonlyMap<string, readonly Pointer[]>;
  readonly patterns: ReadonlySet<string>;
  /** Whether properties without a name are described too: then any name is declared. */
  readonly isMap: boolean;
  readonly items: readonly Pointer[];
}

/** Whether closed producers may use any name there: nothing is named, or what has no name is described too. */
export function isOpen({ properties, patterns, isMap }: Place): boolean {
  return isMap || (properties.size === 0 && patterns.size === 0);
}

/** Keywords whose subschemas describe the same value as the schema that holds them. `not` describes what it is not. */
const inPlace = new Set(['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas', 'dependencies']);
const rest = new Set(['additionalProperties', 'unevaluatedProperties']);
const arrays = new Set(['items', 'prefixItems', 'additionalItems', 'unevaluatedItems', 'contains']);

/** Collects through references and branches, whichever of them a document may take. */
export function declared(combined: Combined, pointers: readonly Pointer[]): Place {
  const properties = new Map<string, Pointer[]>();
  const patterns = new Set<string>();
  const items: Pointer[] = [];
  let isMap = false;
  let least = 0;
  const needed = new Set<string>();
  const seen = new Set<Pointer>();
  const left = [...pointers];
  for (let pointer = left.pop(); pointer !== undefined; pointer = left.pop()) {
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    const schema = valueAt(combined.value, pointer) ?? true;
    const target = referenced(schema);
    if (target !== undefined) left.push(target);
    // Out of the bundle: nobody knows what is declared there.
    else if (isObject(schema) && own(schema, '$ref') !== undefined) isMap = true;
    for (const name of required(schema)) needed.add(name);
    if (isObject(schema) && [own(schema, 'const'), ...listed(own(schema, 'enum'))].some(isObject)) isMap = true;
    least = Math.max(least, leastOf(schema));
    for (const { keyword, segments, value } of subschemas(schema, combined.dialect)) {
      const inner = appendPointer(pointer, ...segments);
      if (inPlace.has(keyword.name)) left.push(inner);
      else if (arrays.has(keyword.name)) items.push(inner);
      else if (keyword.name === 'patternProperties') patterns.add(String(segments[1]));
      else if (keyword.name === 'properties') {
        const name = String(segments[1]);
        properties.set(name, [...(properties.get(name) ?? []), inner]);
      } else if (rest.has(keyword.name) && isObject(value) && Object.keys(value).length > 0) isMap = true;
    }
  }
  if (properties.size + patterns.size > 0) for (const name of needed) properties.set(name, properties.get(name) ?? []);
  // More properties asked for than named: others are meant to come.
  isMap ||= patterns.size === 0 && least > properties.size;
  return { properties, patterns, isMap, items };
}

function referenced(schema: Json): Pointer | undefined {
  const reference = isObject(schema) ? own(schema, '$ref') : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  return appendPointer('', ...parsePointer(reference.slice(1)).map(decodeURIComponent));
}

/** Names that must be there, whether anything describes them or not: writers emit them. */
function required(schema: Json): string[] {
  if (!isObject(schema)) return [];
  const dependents = ['dependentRequired', 'dependencies'].flatMap((keyword) => {
    const value = own(schema, keyword);
    return isObject(value) ? Object.values(value) : [];
  });
  return [own(schema, 'required') ?? [], ...dependents].flatMap(listed).filter((name) => typeof name === 'string');
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function leastOf(schema: Json): number {
  const value = isObject(schema) ? own(schema, 'minProperties') : undefined;
  return typeof value === 'number' ? value : 0;
}
