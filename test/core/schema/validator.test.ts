import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../core/schema/dialect.ts';
import type { Json } from '../../../core/schema/json.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { validatorFor } from '../../../core/schema/validator.ts';
import { ValidatorUnavailable } from '../../../core/schema/validator-unavailable.ts';

function accepts(schema: unknown, document: Json, dialect: Dialect = 'draft-07', formatAssertion = false): boolean {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  const root = parseSchema({ path: 'a.json', text }, { defaultDialect: dialect });
  return validatorFor({ root, files: new Map() }, { formatAssertion })(document).length === 0;
}

describe('what a dialect means', () => {
  test('siblings of $ref are ignored up to draft 07, and count later', () => {
    const schema = { $ref: '#/definitions/s', maxLength: 1, definitions: { s: { type: 'string' } } };
    expect(accepts(schema, 'abc', 'draft-04')).toBe(true);
    expect(accepts(schema, 'abc', 'draft-07')).toBe(true);
    expect(accepts(schema, 'abc', '2019-09')).toBe(false);
  });
  test('keywords of other dialects are ignored', () => {
    expect(accepts('{"if": true, "then": false}', 1, 'draft-06')).toBe(true);
    expect(accepts({ const: 1 }, 2, 'draft-04')).toBe(true);
    expect(accepts({ prefixItems: [false] }, [1], 'draft-07')).toBe(true);
    expect(accepts({ dependentRequired: { a: ['b'] } }, { a: 1 }, 'draft-07')).toBe(true);
  });
  test('words that only ajv knows are ignored', () => {
    expect(accepts({ type: 'string', nullable: true }, null)).toBe(false);
    expect(accepts({ $async: true, type: 'string', id: 'x' }, 'a')).toBe(true);
  });
  test('a property called like a keyword is a property', () => {
    expect(accepts({ properties: { $ref: { type: 'string' }, nullable: { type: 'null' } } }, { $ref: 1 })).toBe(false);
    expect(accepts({ properties: { nullable: { type: 'null' } } }, { nullable: 1 })).toBe(false);
    expect(accepts({ enum: [{ $ref: '#/nowhere', const: 1 }] }, { $ref: '#/nowhere', const: 1 })).toBe(true);
  });
  test('draft 04 has exclusive bounds as flags', () => {
    expect(accepts({ minimum: 1, exclusiveMinimum: true }, 1, 'draft-04')).toBe(false);
  });
  test('format decides only when it is asked to, and unknown formats never do', () => {
    expect(accepts({ format: 'ipv4' }, 'x')).toBe(true);
    expect(accepts({ format: 'ipv4' }, 'x', 'draft-07', true)).toBe(false);
    expect(accepts({ format: 'claim-number' }, 'x', 'draft-07', true)).toBe(true);
  });
});

describe('parts that nothing evaluated', () => {
  const since = '2019-09';
  test('what a failed "if" looked at is not evaluated', () => {
    const schema =
      '{"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "else": {"properties": {"b": true}}, "unevaluatedProperties": false}';
    expect(accepts(schema, { a: 2, b: 1 }, since)).toBe(false);
    expect(accepts(schema, { a: 1 }, since)).toBe(true);
    expect(accepts(schema, { b: 1 }, since)).toBe(true);
  });
  test('an "if" that stands alone evaluates', () => {
    expect(accepts('{"if": {"properties": {"a": true}}, "unevaluatedProperties": false}', { a: 1 }, since)).toBe(true);
  });
  test('items that one of several branches has evaluated are', () => {
    const schema = { anyOf: [{ items: { type: 'string' } }, true], unevaluatedItems: { type: 'boolean' } };
    expect(accepts(schema, ['yes', 'no'], since)).toBe(true);
    expect(accepts(schema, ['yes', false], since)).toBe(false);
    expect(accepts(schema, [true, false], since)).toBe(true);
  });
});

describe('names and values that trip JavaScript', () => {
  test('a property named __proto__ is checked', () => {
    const schema = '{"properties": {"__proto__": {"type": "string"}}, "additionalProperties": false}';
    expect(accepts(schema, JSON.parse('{"__proto__": "a"}') as Json)).toBe(true);
    expect(accepts(schema, JSON.parse('{"__proto__": 1}') as Json)).toBe(false);
    expect(accepts(schema, {})).toBe(true);
  });
  test('a name may be empty', () => {
    expect(accepts({ required: ['b', ''] }, { b: 1 })).toBe(false);
    expect(accepts({ required: ['', 'b'] }, { '': 1, b: 1 })).toBe(true);
    for (const names of [[''], ['', 'b'], ['b', '']]) {
      expect(accepts({ dependencies: { a: names } }, { a: 1, b: 1 }, 'draft-04')).toBe(false);
      expect(accepts({ dependentRequired: { a: names } }, { a: 1, b: 1 }, '2020-12')).toBe(false);
      expect(accepts({ dependentRequired: { a: names } }, { a: 1, b: 1, '': 1 }, '2020-12')).toBe(true);
      expect(accepts({ dependentRequired: { a: names } }, 'a', '2020-12')).toBe(true);
    }
    expect(accepts({ dependentRequired: { '': ['b'] } }, { '': 1 }, '2020-12')).toBe(false);
  });
  test('other members may depend on __proto__', () => {
    const document = JSON.parse('{"__proto__": 1}') as Json;
    expect(accepts('{"dependencies": {"__proto__": ["b"]}}', document)).toBe(false);
    expect(accepts('{"dependencies": {"__proto__": {"maxProperties": 0}}}', document)).toBe(false);
    expect(accepts('{"dependentSchemas": {"__proto__": false}}', document, '2020-12')).toBe(false);
    expect(accepts('{"dependentSchemas": {"__proto__": false}}', {}, '2020-12')).toBe(true);
  });
  test('names of inherited members are not there until they are', () => {
    expect(accepts({ required: ['constructor'] }, {})).toBe(false);
    expect(accepts({ properties: { toString: { type: 'number' } } }, {})).toBe(true);
  });
  test('values are compared without calling what they hold', () => {
    expect(accepts({ const: { toString: 1, valueOf: 2 } }, { valueOf: 2, toString: 1 })).toBe(true);
    expect(accepts({ uniqueItems: true }, [{ constructor: 1 }, { constructor: 1 }])).toBe(false);
    expect(accepts({ enum: [] }, 1, '2020-12')).toBe(false);
  });
});

describe('independence', () => {
  test('two schemas with the same addresses do not answer for each other', () => {
    const schema = (type: string) => ({
      $id: 'https://acme.test/root.json',
      properties: { a: { $ref: 'item.json' } },
      definitions: { i: { $id: 'item.json', type } },
    });
    expect(accepts(schema('string'), { a: 'x' })).toBe(true);
    expect(accepts(schema('number'), { a: 'x' })).toBe(false);
    expect(accepts(schema('number'), { a: 1 })).toBe(true);
  });
  test('a reference out of the bundle stops only the documents that reach it', () => {
    const schema = { properties: { a: { $ref: 'https://acme.test/x.json' }, b: { type: 'string' } } };
    expect(accepts(schema, { b: 'x' })).toBe(true);
    expect(accepts(schema, { b: 1 })).toBe(false);
    expect(() => accepts(schema, { a: 1 })).toThrow(ValidatorUnavailable);
  });
  test('a schema that only refers to itself ends', () => {
    expect(() => accepts({ $ref: '#/definitions/a', definitions: { a: { $ref: '#/definitions/a' } } }, 1)).toThrow(
      ValidatorUnavailable,
    );
  });
  test('an enum of tens of thousands of objects is looked up, not searched', () => {
    const values = Array.from({ length: 60_000 }, (_, at) => ({ at }));
    expect(accepts({ enum: values }, { at: 59_999 })).toBe(true);
    expect(accepts({ enum: values }, { at: -1 })).toBe(false);
  });
});
