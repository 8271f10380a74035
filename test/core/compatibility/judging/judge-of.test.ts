import { describe, expect, test } from 'vitest';
import { judgeOf } from '../../../../core/compatibility/judging/judge-of.ts';
import { relevantSchema } from '../../../../core/compatibility/judging/relevant-schema.ts';
import { touchedBy } from '../../../../core/compatibility/judging/touched.ts';
import type { Json } from '../../../../core/schema/json.ts';
import { parseSchema } from '../../../../core/schema/parse.ts';
import { validatorFor } from '../../../../core/schema/validator.ts';
import { ValidatorUnavailable } from '../../../../core/schema/validator-unavailable.ts';

const bundle = (schema: unknown) => ({
  root: parseSchema({ path: 'a.json', text: JSON.stringify(schema) }),
  files: new Map(),
});
const judge = (schema: unknown) => judgeOf(bundle(schema), { formatAssertion: false });

describe('a judge of single documents', () => {
  const claim = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      lines: { type: 'array', items: { $ref: '#/definitions/line' } },
      note: { type: 'string' },
    },
    required: ['id'],
    patternProperties: { '^x-': { type: 'number' } },
    additionalProperties: false,
    definitions: { line: { properties: { amount: { type: 'number' }, more: { $ref: '#/properties/lines' } } } },
  };
  const documents: Json[] = [
    { id: 'a' },
    {},
    { id: 1 },
    { id: 'a', other: 1 },
    { id: 'a', 'x-a': 1 },
    { id: 'a', 'x-a': 'one' },
    { id: 'a', lines: [] },
    { id: 'a', lines: [{ amount: 1, more: [{ amount: 'x' }] }] },
    { id: 'a', lines: [{ amount: 1, more: [{ amount: 2 }] }] },
    [],
    null,
  ];
  test('says what the whole schema says, whatever it was asked before', () => {
    const [judged, validated] = [judge(claim), validatorFor(bundle(claim), { formatAssertion: false })];
    for (const document of [...documents, ...[...documents].reverse()]) {
      expect({ document, problems: judged(document) }).toEqual({ document, problems: validated(document) });
    }
  });
  test('leaves out what cannot speak about the document', () => {
    const { value } = relevantSchema(bundle(claim), touchedBy({ id: 'a' }));
    expect(value).toEqual({
      $ref: '#/definitions/s0',
      definitions: {
        s0: {
          type: 'object',
          properties: { id: { type: 'string' } },
          required: ['id'],
          patternProperties: {},
          additionalProperties: false,
        },
      },
    });
  });
  test('a reference out of the bundle matters only where a document meets it', () => {
    const judged = judge({ properties: { a: { $ref: 'https://acme.test/x.json' }, b: { type: 'string' } } });
    expect(judged({ b: 1 })).toHaveLength(1);
    expect(() => judged({ a: 1 })).toThrow(ValidatorUnavailable);
  });
});

describe('dynamic references', () => {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  test('lead to the outermost anchor of the scope they are met in', () => {
    const list = {
      $id: 'list',
      type: 'array',
      items: { $dynamicRef: '#item' },
      $defs: { any: { $dynamicAnchor: 'item' } },
    };
    const strings = judge({
      $schema,
      $id: 'https://acme.test/strings',
      $ref: 'list',
      $defs: { text: { $dynamicAnchor: 'item', type: 'string' }, list },
    });
    expect(strings(['a'])).toEqual([]);
    expect(strings([1])).toHaveLength(1);
  });
  test('to a plain anchor are plain references', () => {
    const judged = judge({
      $schema,
      items: { $dynamicRef: '#text' },
      $defs: { text: { $anchor: 'text', type: 'string' } },
    });
    expect(judged([1])).toHaveLength(1);
  });
});

describe('schemas that would keep ajv busy for ever', () => {
  const forks = (levels: number, fork: (target: string) => unknown) =>
    Object.fromEntries(
      Array.from({ length: levels }, (_, at) => [
        `d${at}`,
        at === 0 ? { type: 'string' } : fork(`#/definitions/d${at - 1}`),
      ]),
    );
  test('references that fork at every level are not tried', () => {
    const definitions = forks(60, ($ref) => ({ allOf: [{ $ref }, { $ref }] }));
    expect(() => judge({ $ref: '#/definitions/d59', definitions })('x')).toThrow(ValidatorUnavailable);
  });
  test('nor those that fork along the document', () => {
    const fork = ($ref: string) => ({
      allOf: [{ additionalProperties: { $ref } }, { additionalProperties: { $ref } }],
    });
    const judged = judge({ $ref: '#/definitions/d59', definitions: forks(60, fork) });
    const deep = (levels: number): Json => (levels === 0 ? 1 : { a: deep(levels - 1) });
    expect(judged(deep(3))).toEqual([]);
    expect(() => judged(deep(40))).toThrow(ValidatorUnavailable);
  });
  test('nor a schema that contains itself on the spot', () => {
    expect(() => judge({ allOf: [{ $ref: '#' }] })(1)).toThrow(ValidatorUnavailable);
  });
  test('a recursive schema is tried as far as the document goes', () => {
    const tree = judge({ properties: { left: { $ref: '#' }, right: { $ref: '#' }, value: { type: 'number' } } });
    expect(tree({ left: { right: { value: 'x' } } })).toHaveLength(1);
  });
});
