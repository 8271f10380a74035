import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../core/schema/canonical.ts';
import { fingerprintOf } from '../../../core/schema/fingerprint.ts';
import type { Json } from '../../../core/schema/json.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

test('the order of names does not matter, the order of items does', () => {
  expect(canonicalJson({ b: 1, a: [2, 1] })).toBe('{"a":[2,1],"b":1}');
});
test('all spellings of a number are one', () => {
  expect(canonicalJson(JSON.parse('[1.0, 1e2, -0, 0.10]') as Json)).toBe('[1,100,0,0.1]');
});
test('the canonical text is JSON for the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(JSON.parse(canonicalJson(value)) as Json)).toBe(canonicalJson(value));
    }),
  );
});
test('the order in which an object was built does not matter', () => {
  const members = fc.uniqueArray(fc.tuple(fc.string(), json), { selector: ([name]) => name });
  fc.assert(
    fc.property(members, (entries) => {
      const [there, back] = [Object.fromEntries(entries), Object.fromEntries([...entries].reverse())];
      expect(canonicalJson(there)).toBe(canonicalJson(back));
      expect(fingerprintOf(there)).toBe(fingerprintOf(back));
    }),
  );
});
test('a member named __proto__ counts', () => {
  expect(canonicalJson(JSON.parse('{"__proto__": 1}') as Json)).toBe('{"__proto__":1}');
});
