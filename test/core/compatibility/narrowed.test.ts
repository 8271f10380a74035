import { describe, expect, test } from 'vitest';
import { compare } from '../../../core/compatibility/compare.ts';
import { narrowed } from '../../../core/compatibility/narrowed.ts';
import { loneBundle } from '../../../core/schema/bundle.ts';
import type { Json, JsonObject } from '../../../core/schema/json.ts';
import { parseSchema, schemaOf } from '../../../core/schema/parse.ts';
import { validatorFor } from '../../../core/schema/validator.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const many = Object.fromEntries(
  Array.from({ length: 210 }, (_, at) => [`field${at}`, { type: 'string', maxLength: 40 }]),
);
const bundle = (value: Json) => loneBundle(parseSchema({ path: 'claim.json', text: JSON.stringify(value) }));

/** The schema with many properties that no version changes. */
function wide(schema: JsonObject): JsonObject {
  return { ...schema, properties: { ...(schema['properties'] as JsonObject), ...many } };
}

function told(old: Json, next: Json): string[] {
  const [before, after] = [bundle(old), bundle(next)];
  const accepts = [before, after].map((one) => validatorFor(one, { formatAssertion: false }));
  return compare(before, after, { mode: 'FULL', formatAssertion: false }).changes.map((change) => {
    const verdicts = [change.backward, change.forward].map((verdict, at) => {
      if (verdict.verdict !== 'breaking') return verdict.verdict;
      // The one version accepts the document, and the change makes the other refuse it.
      const isShown = accepts[at]?.(verdict.witness).length === 0 && accepts[1 - at]?.(verdict.witness).length !== 0;
      return isShown ? 'breaking' : 'breaking for no reason';
    });
    return `${change.kind} ${change.subject}: ${verdicts.join('/')}`;
  });
}

const pairs: [string, JsonObject, JsonObject][] = [
  ['types', { properties: { a: text, b: whole } }, { properties: { a: whole, b: text } }],
  [
    'one that breaks and one that does not',
    { properties: { a: text, b: { maxLength: 3 } } },
    { properties: { a: whole, b: { maxLength: 9 } } },
  ],
  ['properties that come and go', { properties: { a: text } }, { properties: { b: text } }],
  [
    'a closed object that wants a property more',
    { properties: { a: text }, required: ['field1'], additionalProperties: false },
    { properties: { a: whole, b: text }, required: ['field1', 'b'], additionalProperties: false },
  ],
  [
    'where one property asks for another of the many',
    { properties: { a: text, b: text }, required: ['a'], dependentRequired: { a: ['field7'] } },
    { properties: { a: whole, b: whole }, required: ['a'], dependentRequired: { a: ['field7'] } },
  ],
  [
    'where a reference leads to one of the many',
    { properties: { a: { $ref: '#/properties/field3' }, b: text }, required: ['a'] },
    { properties: { a: { $ref: '#/properties/field3' }, b: whole, c: text }, required: ['a', 'c'] },
  ],
  [
    'where the many are counted',
    { properties: { a: text, b: text }, minProperties: 3, propertyNames: { maxLength: 8 } },
    { properties: { a: whole, b: whole }, minProperties: 3, propertyNames: { maxLength: 8 } },
  ],
];

describe('among hundreds of properties each change is judged as among few', () => {
  test.each(pairs)('%s', (_, old, next) => {
    const few = (schema: JsonObject): JsonObject => ({
      ...schema,
      properties: { ...(schema['properties'] as JsonObject), field1: text, field3: text, field7: text },
    });
    const asAmongFew = told(few(old), few(next));
    expect(told(wide(old), wide(next))).toEqual(asAmongFew);
    expect(asAmongFew.join(' ')).not.toContain('no reason');
  });
});

describe('the part of two large schemas around an edit', () => {
  const lone = (value: Json) => ({ root: schemaOf('claim.json', value), files: new Map<string, never>() });
  const shared = Object.fromEntries(Object.keys(many).map((name) => [name, { type: 'string' }]));

  test('has the properties that differ, and those that must be there', () => {
    const old = { properties: { ...shared, a: text }, required: ['field5'] };
    const part = narrowed(lone(old), lone({ ...old, properties: { ...shared, a: whole } }));
    expect(part?.left.root.value).toEqual({ properties: { a: text, field5: text }, required: ['field5'] });
    expect(part?.right.root.value).toEqual({ properties: { a: whole, field5: text }, required: ['field5'] });
  });
  test('is found at any depth, in lists too', () => {
    const nest = (schema: Json): Json => ({ allOf: [true, { items: { properties: { ...shared, a: schema } } }] });
    const part = narrowed(lone(nest(text)), lone(nest(whole)));
    expect(part?.right.root.value).toEqual({ allOf: [true, { items: { properties: { a: whole } } }] });
  });
  test('is not made where little would be left out', () => {
    const few = { b: text };
    expect(
      narrowed(lone({ properties: { ...few, a: text } }), lone({ properties: { ...few, a: whole } })),
    ).toBeUndefined();
  });
});
