import { isObject, type Json } from '../schema/json.ts';

/** The schema that exactly one value is valid under. Objects are spelled out, so that later operations can change members. */
export function literalSchema(value: Json): Json {
  if (!isObject(value)) return { enum: [value] };
  const names = Object.keys(value);
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, literalSchema(inner)])),
    // Draft 04 allows no empty `required`.
    ...(names.length > 0 ? { required: names } : {}),
    additionalProperties: false,
  };
}
