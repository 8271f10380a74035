import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../../core/schema/json.ts';
import { name, scalar, text } from './arbitrary.ts';

/** Schemas of records, small enough that generated records are often valid, with keywords that see changes of members. */
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    true,
    {},
    { type: 'string' },
    { type: 'number' },
    { type: 'integer' },
    { type: 'boolean' },
    { type: 'null' },
    { type: ['string', 'null'] },
    { type: ['number', 'null'], minimum: 0 },
    { type: ['string', 'number'] },
    { not: {} },
    { type: 'number', minimum: 0 },
    { type: 'string', maxLength: 3 },
    { type: 'string', pattern: '^[0-9]+$' },
    { $ref: '#/$defs/shared' },
    { $ref: '#/$defs/shared', type: 'string', enum: ['1'] },
    { $ref: '#/$defs/shared', items: { type: 'string' }, properties: { a: { type: 'null' } } },
    { anyOf: [{ type: 'string' }, { type: 'number' }] },
    { const: '1' },
    { type: 'array' },
  ),
  fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
  text.map((only) => ({ enum: [only, '0', 1, null] })),
);

/** Without '': ajv takes `required: ['']` for no demand at all. */
const requirable = name.filter((name) => name !== '');
const names = fc.uniqueArray(requirable, { maxLength: 2 });

/** Keywords beside `properties` that an effect must respect. */
const extra: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  fc.constant({ additionalProperties: false }),
  leaf.map((schema) => ({ additionalProperties: schema })),
  fc.constantFrom<JsonObject>(
    { minProperties: 1 },
    { maxProperties: 2 },
    { propertyNames: { maxLength: 1 } },
    { unevaluatedProperties: false },
  ),
  fc.tuple(name, leaf).map(([key, schema]) => ({ allOf: [{ properties: { [key]: schema } }] })),
  fc.tuple(requirable, requirable).map(([key, other]) => ({ if: { required: [key] }, else: { required: [other] } })),
  fc.tuple(requirable, leaf).map(([key, schema]) => ({ not: { properties: { [key]: schema }, required: [key] } })),
  fc.tuple(name, names).map(([key, needed]) => ({ dependentRequired: { [key]: needed } })),
  fc.tuple(name, leaf).map(([key, schema]) => ({ dependentSchemas: { [key]: { properties: { a: schema } } } })),
  fc.constant({ patternProperties: { '^a': { type: 'string' } } }),
  names.map((required) => ({ anyOf: [{ required }, { additionalProperties: { type: 'string' } }] })),
  fc.constant({ enum: [{ a: '1' }, {}, 5] }),
);

function objectSchema(member: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(fc.dictionary(name, member, { maxKeys: 3, noNullPrototype: true }), names, extra, fc.boolean())
    .map(([properties, required, extra, typed]) => ({
      ...(typed ? { type: 'object' } : {}),
      properties,
      ...(required.length > 0 ? { required } : {}),
      ...extra,
    }));
}

const branching = fc.tuple(
  fc.constantFrom('anyOf', 'oneOf'),
  fc.array(objectSchema(leaf), { minLength: 1, maxLength: 2 }),
);
const choice = branching.map(([keyword, branches]): Json => ({ [keyword]: branches }));
const member = fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 2, arbitrary: objectSchema(leaf) }, choice);
const nested = fc.oneof({ weight: 5, arbitrary: objectSchema(member) }, choice);

/** A whole schema in words of 2020-12, now and then itself behind a reference. Older dialects ignore some of it. */
export const schema: fc.Arbitrary<JsonObject> = fc.tuple(nested, nested, fc.nat(4)).map(([root, shared, choice]) => ({
  ...(choice === 0 ? { $ref: '#/$defs/root' } : (root as JsonObject)),
  $defs: { root, shared },
}));
