import { isObject, type Json, own } from '../schema/json.ts';

export const jsonTypes = ['null', 'boolean', 'object', 'array', 'number', 'string'] as const;
export type JsonType = (typeof jsonTypes)[number];

/** The types that values under this schema may have, integers among the numbers; all where a look does not tell. */
export function possibleTypes(schema: Json): Set<JsonType> {
  if (schema === false) return new Set();
  // Up to draft 07, nothing beside a reference counts.
  if (!isObject(schema) || Object.hasOwn(schema, '$ref')) return new Set(jsonTypes);
  const values = enumerated(schema);
  const named = declaredTypes(schema);
  const either = own(schema, 'anyOf');
  const all = own(schema, 'allOf');
  const branches = Array.isArray(either) ? either.map(possibleTypes) : undefined;
  const parts = Array.isArray(all) ? all.map(possibleTypes) : [];
  return new Set(
    jsonTypes.filter(
      (type) =>
        (named === undefined || named.includes(type) || (type === 'number' && named.includes('integer'))) &&
        (values === undefined || values.some((value) => typeOf(value) === type)) &&
        (branches === undefined || branches.some((types) => types.has(type))) &&
        parts.every((types) => types.has(type)),
    ),
  );
}

/** Whether every number under this schema is whole by what `type` says. */
export function onlyWholeNumbers(schema: Json): boolean {
  return !(declaredTypes(schema)?.includes('number') ?? true);
}

/** The values that `enum` leaves; undefined where it is not there. `const` is not asked: draft 04 does not know it. */
export function enumerated(schema: Json): readonly Json[] | undefined {
  const values = isObject(schema) && !Object.hasOwn(schema, '$ref') ? own(schema, 'enum') : undefined;
  return Array.isArray(values) ? values : undefined;
}

/** The one value that a schema allows by `const` or `enum`; for proposals, which are proved, and not for proofs. */
export function onlyValue(schema: Json): Json | undefined {
  const values = enumerated(schema);
  const [value] = values ?? [isObject(schema) ? own(schema, 'const') : undefined];
  return values === undefined || values.length === 1 ? value : undefined;
}

export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
}

function declaredTypes(schema: Json): readonly Json[] | undefined {
  const type = isObject(schema) && !Object.hasOwn(schema, '$ref') ? own(schema, 'type') : undefined;
  return typeof type === 'string' ? [type] : Array.isArray(type) ? type : undefined;
}
