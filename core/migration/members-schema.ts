import type { Json } from '../schema/json.ts';

/** A schema that says something of the member at this path, and nothing where it is not there. */
export function membersSchema(path: readonly string[], schema: Json): Json {
  return path.reduceRight<Json>((inner, segment) => ({ properties: Object.fromEntries([[segment, inner]]) }), schema);
}

/** A schema of the records in which the member at this path is there and is valid under `schema`. */
export function presentSchema(path: readonly string[], schema: Json): Json {
  return path.reduceRight<Json>(
    (inner, segment) => ({ type: 'object', required: [segment], properties: Object.fromEntries([[segment, inner]]) }),
    schema,
  );
}
