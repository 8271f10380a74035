import type { Dialect } from './dialect.ts';
import { dialects } from './dialect.ts';

/** Where the subschemas of a keyword are in its value. */
export type Shape =
  /** No subschemas. */
  | 'value'
  /** The value is a schema. */
  | 'schema'
  /** An array of schemas. */
  | 'schemas'
  /** An object whose members are schemas. */
  | 'map'
  /** A schema or an array of schemas (`items` before 2020-12). */
  | 'schema-or-schemas'
  /** An object whose members are schemas or arrays of names (`dependencies`). */
  | 'map-or-names';

/** What a keyword is for. `annotation` never changes which documents are valid. */
export type Role = 'assertion' | 'applicator' | 'definitions' | 'reference' | 'identity' | 'annotation';

export interface Keyword {
  readonly name: string;
  readonly shape: Shape;
  readonly role: Role;
  readonly since: Dialect;
  /** The last dialect that has it; absent: the newest. */
  readonly until?: Dialect;
}

const [d4, d6, d7, d2019] = dialects;

/**
 * Every keyword of the five dialects. `$defs`, `definitions` and `dependencies` count everywhere: schemas use the first two
 * across drafts without saying so, and ajv (like most validators) keeps asserting the third after it was renamed.
 */
export const keywords: readonly Keyword[] = [
  ...assertions(['type', 'enum', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'], d4),
  ...assertions(['maxLength', 'minLength', 'pattern', 'format'], d4),
  ...assertions(['maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties', 'required'], d4),
  ...assertions(['const'], d6),
  ...assertions(['dependentRequired', 'maxContains', 'minContains'], d2019),
  { name: 'properties', shape: 'map', role: 'applicator', since: d4 },
  { name: 'patternProperties', shape: 'map', role: 'applicator', since: d4 },
  { name: 'additionalProperties', shape: 'schema', role: 'applicator', since: d4 },
  { name: 'items', shape: 'schema-or-schemas', role: 'applicator', since: d4, until: d2019 },
  { name: 'items', shape: 'schema', role: 'applicator', since: '2020-12' },
  { name: 'additionalItems', shape: 'schema', role: 'applicator', since: d4, until: d2019 },
  { name: 'prefixItems', shape: 'schemas', role: 'applicator', since: '2020-12' },
  { name: 'allOf', shape: 'schemas', role: 'applicator', since: d4 },
  { name: 'anyOf', shape: 'schemas', role: 'applicator', since: d4 },
  { name: 'oneOf', shape: 'schemas', role: 'applicator', since: d4 },
  { name: 'not', shape: 'schema', role: 'applicator', since: d4 },
  { name: 'dependencies', shape: 'map-or-names', role: 'applicator', since: d4 },
  { name: 'dependentSchemas', shape: 'map', role: 'applicator', since: d2019 },
  { name: 'contains', shape: 'schema', role: 'applicator', since: d6 },
  { name: 'propertyNames', shape: 'schema', role: 'applicator', since: d6 },
  { name: 'if', shape: 'schema', role: 'applicator', since: d7 },
  { name: 'then', shape: 'schema', role: 'applicator', since: d7 },
  { name: 'else', shape: 'schema', role: 'applicator', since: d7 },
  { name: 'unevaluatedItems', shape: 'schema', role: 'applicator', since: d2019 },
  { name: 'unevaluatedProperties', shape: 'schema', role: 'applicator', since: d2019 },
  { name: 'definitions', shape: 'map', role: 'definitions', since: d4 },
  { name: '$defs', shape: 'map', role: 'definitions', since: d4 },
  { name: '$ref', shape: 'value', role: 'reference', since: d4 },
  { name: '$recursiveRef', shape: 'value', role: 'reference', since: d2019, until: d2019 },
  { name: '$dynamicRef', shape: 'value', role: 'reference', since: '2020-12' },
  { name: 'id', shape: 'value', role: 'identity', since: d4, until: d4 },
  { name: '$id', shape: 'value', role: 'identity', since: d6 },
  { name: '$schema', shape: 'value', role: 'identity', since: d4 },
  { name: '$anchor', shape: 'value', role: 'identity', since: d2019 },
  { name: '$recursiveAnchor', shape: 'value', role: 'identity', since: d2019, until: d2019 },
  { name: '$dynamicAnchor', shape: 'value', role: 'identity', since: '2020-12' },
  { name: 'contentSchema', shape: 'schema', role: 'annotation', since: d2019 },
];

function assertions(names: readonly string[], since: Dialect): Keyword[] {
  return names.map((name) => ({ name, shape: 'value', role: 'assertion', since }));
}

const tables = new Map(dialects.map((dialect) => [dialect, tableOf(dialect)]));

/** The keywords of a dialect by name. What is not in it is an annotation there: `$comment`, `title`, `nullable`, `x-…`. */
export function keywordsOf(dialect: Dialect): ReadonlyMap<string, Keyword> {
  return tables.get(dialect) ?? new Map();
}

function tableOf(dialect: Dialect): Map<string, Keyword> {
  const at = dialects.indexOf(dialect);
  const present = keywords.filter(
    ({ since, until }) => dialects.indexOf(since) <= at && (until === undefined || at <= dialects.indexOf(until)),
  );
  return new Map(present.map((keyword) => [keyword.name, keyword]));
}
