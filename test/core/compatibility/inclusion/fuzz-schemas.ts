import * as fc from 'fast-check';
import { type Dialect, isSince } from '../../../../core/schema/dialect.ts';
import type { Json, JsonObject } from '../../../../core/schema/json.ts';

/** Few names, numbers and strings, so that the keywords of two schemas meet. */
const names = ['a', 'b', 'ab', 'c'];
const patterns = ['a', '^a', 'b$', '^a*$', '^[a-c]{1,2}$', '^(a|bc)+$', '^$', '\\d', '^.b', '(?!a)b', '^(?!b)'];
const numbers = [-1, 0, 0.5, 1, 2, 3, 5];

export const scalars: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
  null,
  false,
  true,
  -1,
  0,
  0.5,
  1,
  1.5,
  2,
  3,
  4,
  6,
  '',
  'a',
  'b',
  'ab',
  'bc',
  'aa',
  'abc',
  '1',
  'bb',
);

/** Documents over the same few words as the schemas. */
export const documents: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: scalars, weight: 3 },
    { arbitrary: fc.array(tie('any'), { maxLength: 4 }) as fc.Arbitrary<Json>, weight: 2 },
    {
      arbitrary: fc.dictionary(fc.constantFrom(...names, 'x'), tie('any'), {
        maxKeys: 4,
        noNullPrototype: true,
      }) as fc.Arbitrary<Json>,
      weight: 3,
    },
  ),
})).any;

/** Schemas of a dialect; `#/definitions/n` refer to two definitions at the root. */
export function schemas(dialect: Dialect): fc.Arbitrary<Json> {
  return fc
    .tuple(inner(dialect), fc.array(inner(dialect), { minLength: 2, maxLength: 2 }))
    .map(([schema, definitions]) => withDefinitions(schema, definitions, dialect));
}

function withDefinitions(schema: Json, definitions: readonly Json[], dialect: Dialect): Json {
  const root: JsonObject = typeof schema === 'object' ? (schema as JsonObject) : { allOf: [asSchema(schema, dialect)] };
  const home = { definitions: { '0': definitions[0] ?? {}, '1': definitions[1] ?? {} } };
  const text = JSON.stringify(root);
  if (!/#\/definitions/.test(text)) return root;
  if (Object.hasOwn(root, '$ref') && !isSince(dialect, '2019-09')) return { allOf: [root], ...home };
  return { ...root, ...home };
}

function asSchema(schema: Json, dialect: Dialect): Json {
  if (dialect !== 'draft-04' || typeof schema !== 'boolean') return schema;
  return schema ? {} : { not: {} };
}

function inner(dialect: Dialect): fc.Arbitrary<Json> {
  return fc.letrec<{ schema: Json }>((tie) => {
    const schema = tie('schema');
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
        { arbitrary: dialect === 'draft-04' ? fc.constant<Json>({}) : fc.boolean(), weight: 1 },
        { arbitrary: simple(dialect), weight: 5 },
        { arbitrary: fc.constantFrom<Json[]>({ $ref: '#/definitions/0' }, { $ref: '#/definitions/1' }), weight: 1 },
        { arbitrary: compound(dialect, schema), weight: 7 },
        { arbitrary: distinct(schema), weight: 1 },
      ),
    };
  }).schema;
}

function simple(dialect: Dialect): fc.Arbitrary<Json> {
  const type = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');
  const small = fc.nat({ max: 3 });
  const values = fc.uniqueArray(fc.oneof({ arbitrary: scalars, weight: 4 }, { arbitrary: documents, weight: 1 }), {
    minLength: 1,
    maxLength: 4,
    selector: (value) => JSON.stringify(value),
  });
  const exclusive = isSince(dialect, 'draft-06') ? fc.constantFrom(...numbers) : fc.boolean();
  return fc
    .record<Record<string, unknown>>(
      {
        type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
        enum: values,
        ...(isSince(dialect, 'draft-06') ? { const: fc.oneof(scalars, documents) } : {}),
        minimum: fc.constantFrom(...numbers),
        maximum: fc.constantFrom(...numbers),
        exclusiveMinimum: exclusive,
        exclusiveMaximum: exclusive,
        multipleOf: fc.constantFrom(0.5, 1, 1.5, 2, 3),
        minLength: small,
        maxLength: small,
        pattern: fc.constantFrom(...patterns),
        minItems: small,
        maxItems: small,
        uniqueItems: fc.boolean(),
        minProperties: small,
        maxProperties: small,
        required: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: [] },
    )
    .chain((all) => fewOf(all, 3, dialect));
}

function compound(dialect: Dialect, schema: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const some = fc.array(schema, { minLength: 1, maxLength: 3 });
  const named = fc.dictionary(fc.constantFrom(...names), schema, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const like = fc.dictionary(fc.constantFrom(...patterns), schema, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
  const nameLists = fc.dictionary(
    fc.constantFrom(...names),
    fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
    {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    },
  );
  const d6 = isSince(dialect, 'draft-06');
  const d7 = isSince(dialect, 'draft-07');
  const d2019 = isSince(dialect, '2019-09');
  const d2020 = isSince(dialect, '2020-12');
  return fc
    .record<Record<string, unknown>>(
      {
        properties: named,
        patternProperties: like,
        additionalProperties: fc.oneof(fc.boolean(), schema),
        items: d2020 ? schema : fc.oneof(schema, some),
        ...(d2020 ? { prefixItems: some } : { additionalItems: fc.oneof(fc.boolean(), schema) }),
        allOf: some,
        anyOf: some,
        oneOf: some,
        not: schema,
        ...(d6 ? { contains: schema, propertyNames: schema } : {}),
        ...(d7 ? Object.fromEntries(['if', 'then', 'else'].map((name) => [name, schema])) : {}),
        ...(d2019
          ? {
              dependentRequired: nameLists,
              dependentSchemas: named,
              minContains: fc.nat({ max: 2 }),
              maxContains: fc.nat({ max: 2 }),
              unevaluatedItems: fc.oneof(fc.boolean(), schema),
              unevaluatedProperties: fc.oneof(fc.boolean(), schema),
            }
          : { dependencies: fc.oneof(nameLists, named) }),
        type: fc.constantFrom('object', 'array'),
        required: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
        minItems: fc.nat({ max: 2 }),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    .chain((all) => fewOf(all, 4, dialect));
}

/** Arrays whose items must differ, and how many: rare among keywords that are picked one by one. */
function distinct(schema: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.record(
    {
      type: fc.constant('array'),
      uniqueItems: fc.constant(true),
      items: schema,
      minItems: fc.nat({ max: 5 }),
      maxItems: fc.nat({ max: 5 }),
    },
    { requiredKeys: ['uniqueItems'] },
  ) as fc.Arbitrary<Json>;
}

/** A few of the members: schemas with everything are empty most of the time. */
function fewOf(all: Record<string, unknown>, most: number, dialect: Dialect): fc.Arbitrary<Json> {
  return fc
    .shuffledSubarray(Object.keys(all), { minLength: 0, maxLength: Math.min(most, Object.keys(all).length) })
    .map((kept) => {
      const schema = Object.fromEntries(kept.map((name) => [name, all[name]])) as Record<string, Json>;
      if (dialect === 'draft-04') {
        // Draft 04 wants the bound beside the boolean.
        if (!Object.hasOwn(schema, 'minimum')) delete schema['exclusiveMinimum'];
        if (!Object.hasOwn(schema, 'maximum')) delete schema['exclusiveMaximum'];
      }
      return schema;
    });
}
