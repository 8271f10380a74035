import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import { resolveReference } from '../resolve-reference.ts';

/** Types of JSON values; a number is `integer` or `fraction`, and the type `number` is both. */
export type Kind = 'null' | 'boolean' | 'integer' | 'fraction' | 'string' | 'array' | 'object';

const all: readonly Kind[] = ['null', 'boolean', 'integer', 'fraction', 'string', 'array', 'object'];
const deepest = 20;

/**
 * The types that values of a schema can have: never too few, so a column that holds them holds every value. Undefined where they are
 * said by a reference that cannot be followed.
 */
export function kindsOf(root: Json, schema: Json, depth = 0): ReadonlySet<Kind> | undefined {
  if (schema === false) return new Set();
  if (!isObject(schema)) return new Set(all);
  if (depth > deepest) return undefined;
  const resolved = resolveReference(root, schema, '');
  if ('unknown' in resolved) return undefined;
  if (!isObject(resolved.schema)) return kindsOf(root, resolved.schema, depth + 1);
  const object = resolved.schema;
  let kinds = ofType(own(object, 'type'));
  for (const values of [own(object, 'enum'), own(object, 'const')].entries()) {
    const [index, value] = values;
    if (value !== undefined) kinds = both(kinds, ofValues(index === 0 && Array.isArray(value) ? value : [value]));
  }
  for (const part of list(object, 'allOf')) {
    const inner = kindsOf(root, part, depth + 1);
    if (inner === undefined) return undefined;
    kinds = both(kinds, inner);
  }
  for (const word of ['anyOf', 'oneOf']) {
    if (own(object, word) === undefined) continue;
    const either = new Set<Kind>();
    for (const part of list(object, word)) {
      const inner = kindsOf(root, part, depth + 1);
      if (inner === undefined) return undefined;
      for (const kind of inner) either.add(kind);
    }
    kinds = both(kinds, either);
  }
  return kinds;
}

function list(schema: JsonObject, word: string): readonly Json[] {
  const parts = own(schema, word);
  return Array.isArray(parts) ? parts : [];
}

function both(a: ReadonlySet<Kind>, b: ReadonlySet<Kind>): ReadonlySet<Kind> {
  return new Set([...a].filter((kind) => b.has(kind)));
}

function ofType(type: Json | undefined): ReadonlySet<Kind> {
  if (type === undefined) return new Set(all);
  const names: readonly Json[] = Array.isArray(type) ? type : [type];
  return new Set(
    names.flatMap((name): readonly Kind[] =>
      name === 'number' ? ['integer', 'fraction'] : all.filter((kind) => kind === name),
    ),
  );
}

function ofValues(values: readonly Json[]): ReadonlySet<Kind> {
  return new Set(values.map(kindOf));
}

function kindOf(value: Json): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'fraction';
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    default:
      return 'object';
  }
}
