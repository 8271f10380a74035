import { describe, expect, test } from 'vitest';
import { SameWords } from '../../../core/compatibility/same-words.ts';
import type { Json, JsonObject } from '../../../core/schema/json.ts';

function areApart(old: Json, next: Json, rest: JsonObject = {}): boolean {
  return new SameWords({ definitions: { old, next, ...rest } }).areApart(old, next);
}

describe('two schemas that the walk may pass over', () => {
  test('say the same, in whatever order', () => {
    expect(areApart({ a: { b: [1, 'x', null] }, c: true }, { c: true, a: { b: [1, 'x', null] } })).toBe(true);
  });
  test.each<[string, Json, Json]>([
    ['another value', { a: 1 }, { a: 2 }],
    ['another name', { a: 1 }, { b: 1 }],
    ['one member more', { a: 1 }, { a: 1, b: 1 }],
    ['one item less', [1, 2], [1]],
    ['a list and an object', [], {}],
    ['null and an object', { a: null }, { a: {} }],
    ['another order of a list', { a: [1, 2] }, { a: [2, 1] }],
    ['a name that objects inherit', { toString: 1 }, { b: 1 }],
  ])('not: %s', (_, old, next) => {
    expect(areApart(old, next)).toBe(false);
  });
  test('not with a reference inside, wherever it leads', () => {
    const one = (): Json => ({ items: { anyOf: [{ $ref: 'https://acme.test/a' }] } });
    expect(areApart(one(), one())).toBe(false);
  });
  test('not where a reference leads there or inside', () => {
    const one = (): Json => ({ properties: { 'a b/c': { type: 'string' } } });
    const [old, next] = [one(), one()];
    expect(areApart(old, next, { user: { $ref: '#/definitions/old/properties/a%20b~1c' } })).toBe(false);
    expect(areApart(old, next, { user: { $ref: '#/definitions/next/properties/a%20b~1c' } })).toBe(false);
    expect(areApart(old, next, { user: { $ref: '#/definitions/old' } })).toBe(false);
    expect(areApart(old, next, { user: { $ref: '#/definitions' } })).toBe(true);
  });
  test('a text that is no address is data', () => {
    expect(areApart({ a: 1 }, { a: 1 }, { user: { const: { $ref: '#/%zz' } } })).toBe(true);
  });
});
