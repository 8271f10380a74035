import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeKinds } from '../../../core/compatibility/change-kinds.ts';
import { bundleAt, combine } from '../../../core/compatibility/combined.ts';
import { edited } from '../../../core/compatibility/location.ts';
import { type Found, walk } from '../../../core/compatibility/walk.ts';
import { canonicalJson } from '../../../core/schema/canonical.ts';
import type { Json } from '../../../core/schema/json.ts';
import { schemaOf } from '../../../core/schema/parse.ts';

const mirrors = new Map(changeKinds.map(({ id, mirror }) => [id, mirror]));
const opened = new Set(['content-restricted', 'content-closed']);

/** Small schemas that share names and definitions, so that pairs of them differ in few and many ways. */
const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Json>(
      { type: 'string' },
      { type: ['string', 'null'] },
      { type: 'integer', minimum: 1 },
      { enum: ['a', 'b'] },
      { enum: ['b', 'c'] },
      { const: 1 },
      true,
      { $ref: '#/definitions/a' },
      { $ref: '#/definitions/b' },
      { maxLength: 3, title: 't' },
    ),
    fc.record({
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'), { maxKeys: 2 }),
      required: fc.subarray(['a', 'b']),
    }) as fc.Arbitrary<Json>,
    fc.record({
      items: tie('schema'),
      additionalProperties: fc.constantFrom<Json>(false, true, { type: 'null' }),
    }) as fc.Arbitrary<Json>,
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Json>,
    fc.record({ not: tie('schema'), uniqueItems: fc.boolean() }) as fc.Arbitrary<Json>,
  ),
}));
const root = fc
  .record({ properties: fc.record({ x: schema, y: schema }), definitions: fc.record({ a: schema, b: schema }) })
  .map((value) => value as Json);

function walked(old: Json, next: Json) {
  const bundle = (value: Json) => ({ root: schemaOf('claim.json', value), files: new Map() });
  const combined = combine(bundle(old), bundle(next));
  if (!combined) throw new Error('the two do not combine');
  return { combined, found: walk(combined, () => false) };
}
const spell = ({ difference }: Found) => `${difference.kind.id} ${difference.subject}`;

describe('walking two schemas side by side', () => {
  test('finds nothing between equal schemas', () => {
    fc.assert(
      fc.property(root, (value) => {
        expect(walked(value, value).found).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
  test('finds the mirror of each difference on the way back', () => {
    fc.assert(
      fc.property(root, root, (old, next) => {
        const there = walked(old, next).found.map(
          ({ difference }) => `${mirrors.get(difference.kind.id)} ${difference.subject}`,
        );
        const back = walked(next, old).found.map(spell);
        const close = (told: string[]) =>
          told.map((one) => (opened.has(one.split(' ')[0] ?? '') ? one.replace(/^\S+/, 'content-less') : one)).sort();
        expect(close(back)).toEqual(close(there));
      }),
      { numRuns: 300 },
    );
  });
  test('finds the same when it passes over nothing', () => {
    const told = ({ difference, pair }: Found) => [difference, pair];
    fc.assert(
      fc.property(root, root, (old, next) => {
        const { combined, found } = walked(old, next);
        expect(found.map(told)).toEqual(walk(combined, () => false, { areApart: () => false }).map(told));
      }),
      { numRuns: 300 },
    );
  });
  test('every difference can be made in the old schema and undone in the new one', () => {
    fc.assert(
      fc.property(root, root, (old, next) => {
        const { combined, found } = walked(old, next);
        for (const { difference, pair } of found.filter((one) => one.difference.apply.length > 0)) {
          const before = canonicalJson(bundleAt(combined, combined.old).root.value);
          const after = edited(combined.value, pair.old.location, difference.apply);
          expect(canonicalJson(bundleAt(combined, combined.old, { value: after, added: [] }).root.value)).not.toBe(
            before,
          );
          expect(combined.origin(pair.new.pointer)?.side).toBe('new');
        }
      }),
      { numRuns: 300 },
    );
  });
});
