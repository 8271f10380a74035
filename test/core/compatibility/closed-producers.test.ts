import { describe, expect, test } from 'vitest';
import { closedProducers } from '../../../core/compatibility/closed-producers.ts';
import { compare } from '../../../core/compatibility/compare.ts';
import { loneBundle } from '../../../core/schema/bundle.ts';
import type { Json } from '../../../core/schema/json.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { validatorFor } from '../../../core/schema/validator.ts';

const schema = (value: unknown) => loneBundle(parseSchema({ path: 'claim.json', text: JSON.stringify(value) }));
const text = { type: 'string' };
const whole = { type: 'integer' };

/** Whether writers of a schema emit a document. */
function emits(value: unknown, document: Json): boolean {
  const bundle = schema(value);
  return validatorFor(closedProducers(bundle), { formatAssertion: false })(document).length === 0;
}

describe('what closed producers write', () => {
  test('properties that are declared, and no others', () => {
    expect(emits({ properties: { a: text } }, { a: 'x' })).toBe(true);
    expect(emits({ properties: { a: text } }, { b: 1 })).toBe(false);
    expect(emits({ properties: { a: text }, additionalProperties: true }, { b: 1 })).toBe(false);
  });
  test('only what is valid', () => {
    expect(emits({ properties: { a: text } }, { a: 1 })).toBe(false);
  });
  test('the same inside properties, items and references, recursive ones too', () => {
    const tree = {
      properties: { kids: { items: { $ref: '#' } }, tag: { $ref: '#/definitions/tag' } },
      definitions: { tag: { properties: { name: text } } },
    };
    expect(emits(tree, { kids: [{ kids: [], tag: { name: 'x' } }] })).toBe(true);
    expect(emits(tree, { kids: [{ kids: [{ more: 1 }] }] })).toBe(false);
    expect(emits(tree, { tag: { more: 1 } })).toBe(false);
  });
  test('names that must be there, whether anything describes them or not', () => {
    const needy = { type: 'object', required: ['id'], properties: { a: text } };
    expect(emits(needy, { id: 1, a: 'x' })).toBe(true);
    expect(emits({ properties: { a: text }, dependencies: { a: ['b'] } }, { a: 'x', b: 1 })).toBe(true);
    expect(emits({ properties: { a: text }, minProperties: 2 }, { a: 'x', b: 1 })).toBe(true);
    expect(emits({ properties: { a: text }, enum: [{ b: 1 }] }, { b: 1 })).toBe(true);
    const verdict = compare(schema(needy), schema(text), {
      mode: 'BACKWARD',
      formatAssertion: false,
      producers: 'closed',
    });
    expect(verdict.backward.verdict).toBe('breaking');
  });
  test('what open producers write, where closed ones could write nothing', () => {
    const impossible = { type: 'object', properties: { a: text }, propertyNames: { pattern: '^x' }, minProperties: 1 };
    expect(emits(impossible, { x: 1 })).toBe(true);
  });
  test('what any branch declares is declared', () => {
    const split = {
      allOf: [{ properties: { a: text } }, { anyOf: [{ properties: { b: whole } }, { required: ['a'] }] }],
    };
    expect(emits(split, { a: 'x', b: 1 })).toBe(true);
    expect(emits(split, { a: 'x', c: 1 })).toBe(false);
  });
  test('maps stay open: objects that declare nothing, or describe what has no name', () => {
    expect(emits({ type: 'object' }, { any: 1 })).toBe(true);
    expect(emits({ properties: { a: text }, additionalProperties: whole }, { b: 1 })).toBe(true);
    expect(emits({ properties: { a: text }, patternProperties: { '^x-': {} } }, { 'x-b': { c: 1 } })).toBe(true);
  });
  test('what a "not" names is not declared by it', () => {
    const schema = { properties: { a: text }, not: { required: ['a'], properties: { b: text } } };
    expect(emits(schema, {})).toBe(true);
    expect(emits(schema, { b: 'x' })).toBe(false);
  });
});

describe('comparing under closed producers', () => {
  const [old, next] = [
    { type: 'object', properties: { a: text } },
    { type: 'object', properties: { a: text, b: whole } },
  ];

  test('a further optional property of an open object is compatible, and the change says so', () => {
    const comparison = compare(schema(old), schema(next), {
      mode: 'BACKWARD',
      formatAssertion: false,
      producers: 'closed',
    });
    expect(comparison).toMatchObject({
      verdict: 'compatible',
      producers: 'closed',
      otherwise: { producers: 'open', verdict: 'breaking' },
    });
    expect(comparison.changes).toMatchObject([{ kind: 'property-added', backward: { verdict: 'compatible' } }]);
  });
  test('with strict sets it breaks, and the comparison says that it would not', () => {
    const comparison = compare(schema(old), schema(next), { mode: 'BACKWARD', formatAssertion: false });
    expect(comparison).toMatchObject({
      verdict: 'breaking',
      producers: 'open',
      otherwise: { producers: 'closed', verdict: 'compatible' },
    });
  });
  test('other breaks stay breaks, with a witness that such a writer emits', () => {
    const wider = { ...next, required: ['a'] };
    const comparison = compare(schema(old), schema(wider), {
      mode: 'BACKWARD',
      formatAssertion: false,
      producers: 'closed',
    });
    expect(comparison.backward).toMatchObject({ verdict: 'breaking', witness: {} });
    expect(comparison.changes.map(({ kind, backward }) => `${kind}: ${backward.verdict}`).sort()).toEqual([
      'property-added: compatible',
      'required-added: breaking',
    ]);
  });
  test('two answers that agree are told once', () => {
    const comparison = compare(schema({ type: 'integer' }), schema({ type: 'number' }), {
      mode: 'FULL',
      formatAssertion: false,
    });
    expect(comparison.otherwise).toBeUndefined();
  });
});
