import { describe, expect, it } from 'vitest';
import { parseMigration } from '../../../../core/migration/parse-migration.ts';
import { renamedProperties } from '../../../../core/migration/rows/renames.ts';
import { readRowSchema } from '../../../../core/migration/rows/row-schema.ts';
import type { Json } from '../../../../core/schema/json.ts';

function property(schema: Json, root: object = {}) {
  const read = readRowSchema({ ...root, properties: { x: schema } });
  if (!('properties' in read)) throw new Error(read.problems.join());
  const found = read.properties.get('x');
  if (found === undefined) return undefined;
  const { kinds, nullable, format, maxLength } = found;
  return { kinds: kinds && [...kinds], nullable, format, maxLength };
}

describe('what a schema says of a property', () => {
  const none = { format: undefined, maxLength: undefined };
  it.each([
    [
      'its type',
      { type: 'string', format: 'date', maxLength: 10 },
      { kinds: ['string'], nullable: false, format: 'date', maxLength: 10 },
    ],
    ['several types', { type: ['integer', 'null'] }, { kinds: ['integer'], nullable: true, ...none }],
    ['a number is whole or not', { type: 'number' }, { kinds: ['integer', 'fraction'], nullable: false, ...none }],
    ['what it can be', { enum: ['a', 1, null] }, { kinds: ['integer', 'string'], nullable: true, ...none }],
    [
      'a type that its values narrow',
      { type: ['string', 'null'], enum: ['a'] },
      { kinds: ['string'], nullable: false, ...none },
    ],
    ['what it is', { const: 1.5 }, { kinds: ['fraction'], nullable: false, ...none }],
    [
      'something, or null',
      { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
      { kinds: ['string'], nullable: true, format: 'date-time', maxLength: undefined },
    ],
    [
      'all of several',
      { allOf: [{ type: ['string', 'object'] }, { type: ['object', 'array'] }] },
      { kinds: ['object'], nullable: false, ...none },
    ],
    ['a reference', { $ref: '#/$defs/amount' }, { kinds: ['integer', 'fraction'], nullable: false, ...none }],
    ['a reference that leads elsewhere', { $ref: 'other.json' }, { kinds: undefined, nullable: false, ...none }],
    [
      'nothing at all',
      true,
      { kinds: ['boolean', 'integer', 'fraction', 'string', 'array', 'object'], nullable: true, ...none },
    ],
    ['that it is never there', false, undefined],
  ] as const)('%s', (_, schema, expected) => {
    expect(property(schema as Json, { $defs: { amount: { type: 'number' } } })).toEqual(expected);
  });
});

describe('properties that are not all in one place', () => {
  it.each([
    ['in a branch', { allOf: [{ properties: { y: {} } }] }, 'the schema declares "y" in a branch only'],
    ['under a condition', { then: { allOf: [{ properties: { y: {} } }] } }, 'the schema declares "y" in a branch only'],
    ['by reference', { $ref: '#/$defs/a' }, 'the schema says by `$ref` which properties there are'],
    [
      'by pattern',
      { patternProperties: { '^a': {} } },
      'the schema says by `patternProperties` which properties there are',
    ],
    [
      'by dependence',
      { dependentSchemas: { x: { $ref: '#' } } },
      'the schema says by `$ref` which properties there are',
    ],
  ])('are refused: %s', (_, part, problem) => {
    expect(readRowSchema({ properties: { x: true }, ...part })).toEqual({ problems: [problem] });
  });

  it('may be spoken of again where they are declared', () => {
    const schema = { properties: { x: true }, if: { properties: { x: { const: 1 } } }, then: { required: ['x'] } };
    expect(readRowSchema(schema)).toHaveProperty('properties');
  });

  it('are none where the schema is no object of them', () => {
    for (const schema of [true, {}, { type: 'object' }]) expect(readRowSchema(schema)).toHaveProperty('problems');
  });
});

it('knows what only gets another name, over several steps, and not what a condition renames or what goes deeper', () => {
  const text = `schema: s
from: 1.0.0
to: 2.0.0
transform:
  - rename: { at: /a, to: b }
  - rename: { at: /b, to: c }
  - move: { at: /d, to: /e }
  - rename: { at: /f/g, to: h }
  - move: { at: /i, to: /j/k }
  - when: { at: /x, is: 1, do: [{ rename: { at: /l, to: m } }] }
  - rename: { at: /n, to: o }
  - rename: { at: /o, to: n }
`;
  const parsed = parseMigration({ path: 'migrations/s/2.0.0.yml', text });
  if (!('migration' in parsed)) throw new Error('cannot be read');
  expect([...renamedProperties(parsed.migration.transform)]).toEqual([
    ['c', 'a'],
    ['e', 'd'],
  ]);
});
