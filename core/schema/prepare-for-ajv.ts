import { type Dialect, identifierKeyword, ignoresReferenceSiblings, isSince } from './dialect.ts';
import { isObject, type Json, type JsonObject, own } from './json.ts';
import { keywords, keywordsOf } from './keywords.ts';

/** Stands for a `$ref` that leads out of the bundle: nobody knows what it asks, so whoever evaluates it must give up. */
export const unresolved = 'sluice:unresolved';

/** Words that ajv acts on though no dialect has them: OpenAPI's, ajv's own, and `id`, which it refuses. */
const ajvOnly = ['nullable', 'discriminator', '$async', 'id'];
const everyKeyword = new Set([...keywords.map(({ name }) => name), ...ajvOnly]);

/**
 * A schema as ajv must see it to mean what its dialect means.
 * - Up to draft 07 the siblings of `$ref` go; ajv would assert them.
 * - Keywords of other dialects go; one class of ajv serves several.
 * - A property named `__proto__` becomes a pattern property; ajv passes it over.
 * - `enum: []`, which nothing satisfies, is written as a contradiction; ajv refuses to compile it.
 * - A reference that leads nowhere becomes `unresolved`.
 * - Dependencies on a name that is empty, or of `__proto__`, are written as choices; ajv passes them over.
 * - Where unevaluated parts count, `if` is written as a choice of two; ajv takes what a failed `if` has looked at for evaluated, and
 *   passes over an `if` that stands alone.
 *
 * `schemas` are the objects that are schemas; all else (enums, defaults, properties named like keywords) is copied as it is.
 */
export function prepareForAjv(
  value: Json,
  dialect: Dialect,
  schemas: ReadonlySet<Json>,
  leadsSomewhere: (reference: string) => boolean,
): Json {
  const countsUnevaluated = isSince(dialect, '2019-09') && [...schemas].some(looksAtUnevaluated);
  return copy(value);

  function copy(part: Json): Json {
    if (Array.isArray(part)) return part.map((item: Json) => copy(item));
    if (!isObject(part)) return part;
    const isSchema = schemas.has(part);
    const source = isSchema ? asAjvSees(part) : part;
    return Object.fromEntries(
      Object.keys(source).map((name) => {
        const member = own(source, name) ?? null;
        // Lists of values hold no schemas, and may hold megabytes.
        return [name, isSchema && name === 'enum' ? member : copy(member)];
      }),
    );
  }
  function asAjvSees(schema: JsonObject): JsonObject {
    const named = spellDependencies(spellEmptyEnum(nameProto(understood(schema, dialect))));
    const seen = countsUnevaluated ? spellCondition(named) : named;
    const reference = own(seen, '$ref');
    if (typeof reference !== 'string' || leadsSomewhere(reference)) return seen;
    const others = Object.entries(seen).filter(([name]) => name !== '$ref');
    return { ...Object.fromEntries(others), [unresolved]: reference };
  }
}

function understood(schema: JsonObject, dialect: Dialect): JsonObject {
  const table = keywordsOf(dialect);
  const hidden = ignoresReferenceSiblings(dialect) && typeof own(schema, '$ref') === 'string';
  const identifier = identifierKeyword(dialect);
  const kept = Object.entries(schema).filter(([name]) => {
    if (!everyKeyword.has(name)) return true;
    if (!table.has(name)) return false;
    if (!hidden) return true;
    return name === '$ref' || (table.get(name)?.role === 'definitions' && name !== identifier);
  });
  return Object.fromEntries(kept);
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
  return alsoAsking(Object.fromEntries(others), [{ not: {} }]);
}

function spellDependencies(schema: JsonObject): JsonObject {
  const asked: Json[] = [];
  const mended = ['dependentRequired', 'dependentSchemas', 'dependencies'].flatMap((keyword): [string, Json][] => {
    const given = own(schema, keyword);
    if (!isObject(given)) return [];
    const kept = Object.entries(given).filter(([name, needed]) => {
      const names = Array.isArray(needed) ? (needed as readonly Json[]) : undefined;
      if (name !== '__proto__' && !names?.includes('')) return true;
      asked.push({ anyOf: [{ not: { required: [name] } }, names ? { required: names } : needed] });
      return false;
    });
    return [[keyword, Object.fromEntries(kept)]];
  });
  return asked.length === 0 ? schema : alsoAsking({ ...schema, ...Object.fromEntries(mended) }, asked);
}

function alsoAsking(schema: JsonObject, more: readonly Json[]): JsonObject {
  const all = own(schema, 'allOf');
  return { ...schema, allOf: [...(Array.isArray(all) ? (all as Json[]) : []), ...more] };
}

function looksAtUnevaluated(schema: Json): boolean {
  if (!isObject(schema)) return false;
  return own(schema, 'unevaluatedProperties') !== undefined || own(schema, 'unevaluatedItems') !== undefined;
}

/** Either the condition holds and `then`, or it does not and `else`. */
function spellCondition(schema: JsonObject): JsonObject {
  const condition = own(schema, 'if');
  if (condition === undefined) return schema;
  const others = Object.entries(schema).filter(([name]) => name !== 'if' && name !== 'then' && name !== 'else');
  const choice = {
    anyOf: [
      { allOf: [condition, own(schema, 'then') ?? {}] },
      { allOf: [{ not: condition }, own(schema, 'else') ?? {}] },
    ],
  };
  return alsoAsking(Object.fromEntries(others), [choice]);
}
