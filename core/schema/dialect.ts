export const dialects = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'] as const;

/** A published version of JSON Schema that Sluice understands. */
export type Dialect = (typeof dialects)[number];

const byAddress: ReadonlyMap<string, Dialect> = new Map([
  ['json-schema.org/draft-04/schema', 'draft-04'],
  ['json-schema.org/draft-06/schema', 'draft-06'],
  ['json-schema.org/draft-07/schema', 'draft-07'],
  ['json-schema.org/draft/2019-09/schema', '2019-09'],
  ['json-schema.org/draft/2020-12/schema', '2020-12'],
  // Iglu's self-describing schemas: draft 04 with one more annotation, `self`.
  ['iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0', 'draft-04'],
]);

/**
 * What a `$schema` names; http or https, with or without an empty fragment. Undefined: none that Sluice knows.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-8.1.1
 */
export function dialectNamed(address: string): Dialect | undefined {
  return byAddress.get(address.replace(/^https?:\/\//, '').replace(/#$/, ''));
}

/** Whether `dialect` is `since` or a later one. */
export function isSince(dialect: Dialect, since: Dialect): boolean {
  return dialects.indexOf(dialect) >= dialects.indexOf(since);
}

/** Up to draft 07 everything beside a `$ref` is ignored, `$id` included. */
export function ignoresReferenceSiblings(dialect: Dialect): boolean {
  return !isSince(dialect, '2019-09');
}

/** The keyword that names a schema resource. */
export function identifierKeyword(dialect: Dialect): 'id' | '$id' {
  return dialect === 'draft-04' ? 'id' : '$id';
}
