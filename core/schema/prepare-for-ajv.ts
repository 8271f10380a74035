import { type Dialect, identifierKeyword, ignoresReferenceSiblings } from './dialect.ts';
import { isObject, type Json, type JsonObject, own } from './json.ts';
import { keywords, keywordsOf } from './keywords.ts';

/** Words that ajv acts on though no dialect has them: OpenAPI's `nullable`, ajv's own `$async`, and `id`, which it refuses. */
const ajvOnly = ['nullable', '$async', 'id', 'discriminator'];
const everyKeyword = new Set([...keywords.map(({ name }) => name), ...ajvOnly]);

/**
 * The schema as ajv must see it to mean what its dialect means. `schemas` are the objects that are schemas; everything else
 * (enums, defaults, properties named like keywords) is copied as it is.
 * - Up to draft 07 the siblings of `$ref` go; ajv would assert them.
 * - Keywords of other dialects go; one class of ajv serves several.
 * - A property named `__proto__` becomes a pattern property; ajv passes it over.
 * - `enum: []`, which nothing satisfies, is written as a contradiction; ajv refuses to compile it.
 */
export function prepareForAjv(
  value: Json,
  dialect: Dialect,
  schemas: ReadonlySet<Json>,
  rewrite: (schema: JsonObject, original: Json) => JsonObject = (schema) => schema,
): Json {
  if (Array.isArray(value)) return value.map((item: Json) => prepareForAjv(item, dialect, schemas, rewrite));
  if (!isObject(value)) return value;
  const source = schemas.has(value) ? rewrite(understood(value, dialect), value) : value;
  const members = Object.entries(source).map(([name, member]) => [
    name,
    prepareForAjv(member, dialect, schemas, rewrite),
  ]);
  return Object.fromEntries(members) as Json;
}

function understood(schema: JsonObject, dialect: Dialect): JsonObject {
  const table = keywordsOf(dialect);
  const hidden = ignoresReferenceSiblings(dialect) && typeof own(schema, '$ref') === 'string';
  const identifier = identifierKeyword(dialect);
  const kept = Object.entries(schema).filter(([name]) => {
    if (everyKeyword.has(name) && !table.has(name)) return false;
    if (!hidden) return true;
    return (
      name === '$ref' || (!(everyKeyword.has(name) && table.get(name)?.role !== 'definitions') && name !== identifier)
    );
  });
  return spellEmptyEnum(nameProto(Object.fromEntries(kept)));
}

function nameProto(schema: JsonObject): JsonObject {
  const properties = own(schema, 'properties');
  if (!isObject(properties) || !Object.hasOwn(properties, '__proto__')) return schema;
  const others = Object.entries(properties).filter(([name]) => name !== '__proto__');
  const patterns = own(schema, 'patternProperties');
  return {
    ...schema,
    properties: Object.fromEntries(others),
    patternProperties: { ...(isObject(patterns) ? patterns : {}), '^__proto__$': own(properties, '__proto__') ?? true },
  };
}

function spellEmptyEnum(schema: JsonObject): JsonObject {
  const values = own(schema, 'enum');
  if (!Array.isArray(values) || values.length > 0) return schema;
  const others = Object.entries(schema).filter(([name]) => name !== 'enum');
  const all = own(schema, 'allOf');
  return { ...Object.fromEntries(others), allOf: [...(Array.isArray(all) ? (all as Json[]) : []), { not: {} }] };
}
