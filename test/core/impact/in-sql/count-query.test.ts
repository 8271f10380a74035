import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../../core/compatibility/change.ts';
import { changesToCount, startCounting } from '../../../../core/impact/counter.ts';
import { countQuery } from '../../../../core/impact/in-sql/count-query.ts';
import { storedBundle } from '../../../../core/impact/stored-bundle.ts';
import type { SchemaReview } from '../../../../core/review/review.ts';
import type { Json } from '../../../../core/schema/json.ts';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres.ts';

const path = 'schemas/claim.json';
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

const change = (kind: string, subject: string, pointer: string): Change => ({
  kind,
  subject,
  pointer,
  side: 'new',
  path,
  line: 1,
  summary: '',
  backward: { verdict: 'undecided', reason: '', pointer: '' },
  forward: { verdict: 'compatible' },
});

/** Whatever the engine finds, records are attributed to changes by their kind, their subject and their pointer. */
const changes: readonly Change[] = [
  change('required-added', 'a', '/required/0'),
  change('type-changed', 'a', '/properties/a/type'),
  change('minimum-raised', 'a', '/properties/a/minimum'),
  change('property-removed', 'z', '/properties/z'),
  change('type-changed', 'b.a', '/properties/b/properties/a/type'),
  change('enum-narrowed', 'a[]', '/properties/a/items/enum'),
  change('openness', '', '/additionalProperties'),
  change('additional-changed', '{}', '/additionalProperties'),
  change('type-changed', '', '/type'),
];

function reviewOf(before: Json, after: Json): SchemaReview {
  const verdict = { verdict: 'undecided', reason: '', pointer: '' } as const;
  return {
    name: 'claim',
    path,
    set: { files: 'schemas/**', compatibility: 'BACKWARD', formatAssertion: false },
    change: 'modified',
    oldText: JSON.stringify(before),
    newText: JSON.stringify(after),
    oldVersion: undefined,
    newVersion: undefined,
    comparison: { changes, backward: verdict, forward: verdict, mode: 'BACKWARD', verdict: 'undecided' },
    verdict: 'undecided',
    advice: undefined,
    fingerprint: undefined,
    migration: { status: 'not-needed' },
  };
}

/** Counted by PostgreSQL and by ajv; undefined where PostgreSQL is not to be asked. */
async function bothWays(schema: SchemaReview, documents: readonly Json[], type: 'json' | 'jsonb') {
  const versions = {
    old: await storedBundle(schema, 'old'),
    new: await storedBundle(schema, 'new'),
    formatAssertion: false,
  };
  const query = countQuery(versions, changesToCount(schema));
  if (!query) return undefined;
  const parts = [query.failing, `(${query.failing}) AND (${query.invalidBefore})`, ...query.byChange.values()];
  const { rows } = await database.pool.query<{ counts: string[] }>(
    `SELECT ARRAY[${parts.map((sql) => `count(*) FILTER (WHERE ${sql})`).join(', ')}]::text[] AS counts
     FROM (SELECT t::${type}::jsonb AS document FROM unnest($1::text[]) AS t) AS s`,
    [documents.map((one) => JSON.stringify(one))],
  );
  const [failing = 0, invalidBefore = 0, ...counts] = (rows[0]?.counts ?? []).map(Number);
  const counter = (await startCounting(schema, { showValues: false }))();
  for (const [at, one] of documents.entries()) counter.add(`${at}`, one);
  const counted = counter.result({ complete: true });
  const nonZero = (entries: [Change, number][]) =>
    entries
      .filter(([, count]) => count > 0)
      .map(([{ kind, subject }, count]) => `${kind} ${subject}: ${count}`)
      .sort();
  return {
    sql: {
      failing,
      invalidBefore,
      byChange: nonZero([...query.byChange.keys()].map((change, at) => [change, counts[at] ?? 0])),
    },
    ajv: {
      failing: counted.failing,
      invalidBefore: counted.invalidBefore,
      byChange: nonZero([...counted.byChange]),
    },
  };
}

const names = ['a', 'b', 'é"\'\\', 'x.y'];
const texts = ['', '5', 'ab', 'ABC-1', 'Ünïcödé', '😀😀', 'true', 'line\nbreak', "o'brien\\", 'null'];
const numbers = [0, 1, -1, 2.5, 5, 5.0, 1e21, -0.1, 1e-7, 9007199254740991];

const scalars = fc.constantFrom<Json>(null, true, false, ...texts, ...numbers);
const documents: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names, 'other', 'z'), tie('json'), { maxKeys: 5 }),
  ),
})).json;

const types = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];
/** A few keywords at a time: of many, one is always beyond what SQL can say. */
const schemas: fc.Arbitrary<Json> = fc.letrec<{ schema: Json; keywords: Json }>((tie) => {
  const keyword = (name: string, value: fc.Arbitrary<Json>) => value.map((one) => ({ [name]: one }));
  const schema = tie('schema');
  const leaves = [
    keyword('type', fc.constantFrom(...types)),
    keyword('type', fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 4 })),
    keyword('enum', fc.uniqueArray(scalars, { minLength: 1, maxLength: 6 })),
    keyword('const', fc.oneof(scalars, fc.constant<Json>({ a: 1, b: [1.0, null] }))),
    keyword('minimum', fc.constantFrom(...numbers)),
    keyword('maximum', fc.constantFrom(...numbers)),
    keyword('exclusiveMinimum', fc.constantFrom(...numbers)),
    keyword('exclusiveMaximum', fc.constantFrom(...numbers)),
    keyword('minLength', fc.integer({ min: 0, max: 4 })),
    keyword('maxLength', fc.integer({ min: 0, max: 4 })),
    keyword(
      'pattern',
      fc.constantFrom('^[A-Z]{2,3}-\\d+$', 'a', '^$', '^\\d*$', "[a-z'\\\\]", '^[^a]', '^(a|A)+(BC)?'),
    ),
    keyword('minItems', fc.integer({ min: 0, max: 3 })),
    keyword('maxItems', fc.integer({ min: 0, max: 3 })),
    keyword('uniqueItems', fc.boolean()),
    keyword('minProperties', fc.integer({ min: 0, max: 3 })),
    keyword('maxProperties', fc.integer({ min: 0, max: 3 })),
    keyword('required', fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 })),
    keyword('$ref', fc.constantFrom('#/$defs/one', '#/$defs/two')),
  ];
  const inner = [
    keyword('properties', fc.dictionary(fc.constantFrom(...names), schema, { minKeys: 1, maxKeys: 3 })),
    keyword('additionalProperties', schema),
    keyword('items', schema),
    keyword('allOf', fc.array(schema, { minLength: 1, maxLength: 2 })),
    keyword('anyOf', fc.array(schema, { minLength: 1, maxLength: 2 })),
  ];
  const few = (arbitraries: fc.Arbitrary<object>[]) =>
    fc
      .array(fc.oneof(...arbitraries), { minLength: 1, maxLength: 3 })
      .map((parts) => Object.assign({}, ...parts) as Json);
  return {
    schema: fc.oneof({ maxDepth: 3 }, fc.oneof(fc.boolean(), few(leaves)), tie('keywords')),
    keywords: few([...leaves.slice(0, 1), ...inner, ...inner, fc.oneof(...leaves)]),
  };
}).keywords;

describe('records counted by PostgreSQL', () => {
  it('are those that ajv counts, in all and by each change, whatever schemas and documents', async () => {
    let asked = 0;
    let failing = 0;
    const withParts = ($schema: string, schema: Json, one: Json): Json => ({
      $schema,
      ...(schema as object),
      $defs: { one, two: { type: ['string', 'null'] } },
    });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(schemas, schemas, schemas),
        fc.array(documents, { minLength: 20, maxLength: 40 }),
        fc.constantFrom('json' as const, 'jsonb' as const),
        fc.constantFrom(
          'https://json-schema.org/draft/2020-12/schema',
          'https://json-schema.org/draft/2019-09/schema',
          'http://json-schema.org/draft-07/schema#',
        ),
        async ([before, after, one], stored, type, dialect) => {
          const review = reviewOf(withParts(dialect, before, one), withParts(dialect, after, one));
          const counted = await bothWays(review, stored, type);
          if (!counted) return;
          asked += 1;
          failing += counted.ajv.failing;
          expect(counted.sql).toEqual(counted.ajv);
        },
      ),
      { numRuns: 120, seed: 7 },
    );
    // A test that asks nothing would pass as well.
    expect(asked).toBeGreaterThan(20);
    expect(failing).toBeGreaterThan(100);
  });
});
