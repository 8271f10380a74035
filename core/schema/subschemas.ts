import { type Dialect, ignoresReferenceSiblings } from './dialect.ts';
import { isObject, type Json, own } from './json.ts';
import { type Keyword, keywordsOf } from './keywords.ts';

/** A schema directly inside another. */
export interface Subschema {
  readonly keyword: Keyword;
  /** From the parent: `['properties', 'a']`, `['not']`, `['anyOf', 0]`. */
  readonly segments: readonly (string | number)[];
  readonly value: Json;
}

/** The direct subschemas of a schema, in the order of the text. Beside a `$ref` that hides its siblings only definitions are left. */
export function subschemas(schema: Json, dialect: Dialect): Subschema[] {
  if (!isObject(schema)) return [];
  const found: Subschema[] = [];
  const hidden = ignoresReferenceSiblings(dialect) && typeof own(schema, '$ref') === 'string';
  const table = keywordsOf(dialect);
  for (const [name, value] of Object.entries(schema)) {
    const keyword = table.get(name);
    if (keyword === undefined || keyword.shape === 'value') continue;
    if (hidden && keyword.role !== 'definitions') continue;
    collect(keyword, value, found);
  }
  return found;
}

function collect(keyword: Keyword, value: Json, found: Subschema[]): void {
  const one = keyword.shape === 'schema' || keyword.shape === 'schema-or-schemas';
  const many = keyword.shape === 'schemas' || keyword.shape === 'schema-or-schemas';
  if (Array.isArray(value)) {
    if (many) for (const [index, item] of value.entries()) push([keyword.name, index], item);
  } else if (one) {
    push([keyword.name], value);
  } else if (isObject(value) && (keyword.shape === 'map' || keyword.shape === 'map-or-names')) {
    for (const [name, item] of Object.entries(value)) push([keyword.name, name], item);
  }

  function push(segments: readonly (string | number)[], candidate: Json): void {
    if (isObject(candidate) || typeof candidate === 'boolean') found.push({ keyword, segments, value: candidate });
  }
}
