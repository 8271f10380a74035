import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  counterexample,
  decideInclusion,
  type InclusionOptions,
  satisfyingValue,
} from '../../../../core/compatibility/inclusion/decide.ts';
import { keywordReaders } from '../../../../core/compatibility/inclusion/keywords/index.ts';
import type { Dialect } from '../../../../core/schema/dialect.ts';
import type { SchemaBundle } from '../../../../core/schema/document.ts';
import type { Json } from '../../../../core/schema/json.ts';
import { parseSchema } from '../../../../core/schema/parse.ts';
import { validatorFor } from '../../../../core/schema/validator.ts';

interface Fixture {
  readonly dialect: Dialect;
  readonly options?: Partial<InclusionOptions>;
  readonly left: Json;
  readonly right: Json;
  readonly backward: string;
  readonly forward: string;
}

const folder = new URL('fixtures/', import.meta.url);
const options = { formatAssertion: false };

function bundle(schema: Json, dialect: Dialect = 'draft-07', text = JSON.stringify(schema)): SchemaBundle {
  return { root: parseSchema({ path: 'schema.json', text }, { defaultDialect: dialect }), files: new Map() };
}

function fixtures(file: string): Fixture[] {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture[];
}

describe('every keyword', () => {
  const files = readdirSync(folder);

  for (const file of files) {
    it(`${file}: both directions are decided as they should be`, () => {
      for (const { dialect, left, right, backward, forward, options: special } of fixtures(file)) {
        const [a, b] = [bundle(left, dialect), bundle(right, dialect)];
        const asked = { ...options, ...special };
        expect([left, right, decideInclusion(a, b, asked).verdict]).toEqual([left, right, backward]);
        expect([right, left, decideInclusion(b, a, asked).verdict]).toEqual([right, left, forward]);
      }
    });
  }

  it('has fixtures', () => {
    const named = keywordReaders.map(({ name }) => `${name.replace('$', '')}.json`);
    expect([...files].sort()).toEqual([...named].sort());
  });
});

describe('a witness', () => {
  it('is accepted by ajv under the left schema and refused under the right one', () => {
    const [left, right] = [
      bundle({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }),
      bundle({ properties: { a: { maxLength: 3 } } }),
    ];
    const verdict = decideInclusion(left, right, options);
    if (verdict.verdict !== 'breaking') throw new Error(verdict.verdict);
    expect(validatorFor(left, options)(verdict.witness)).toEqual([]);
    expect(validatorFor(right, options)(verdict.witness)).toEqual([verdict.violation]);
    expect(verdict.witness).toEqual({ a: 'aaaa' });
  });

  it('uses the values that the authors offer', () => {
    const left = bundle({
      type: 'object',
      properties: { amount: { type: 'string', examples: ['1500.00'] }, note: {} },
      required: ['amount'],
    });
    const right = bundle({ properties: { amount: { type: 'number' } } });
    expect(decideInclusion(left, right, options)).toMatchObject({ witness: { amount: '1500.00' } });
  });
});

describe('options', () => {
  it('a format decides only when it is asserted', () => {
    const [date, text] = [bundle({ type: 'string', format: 'date' }), bundle({ type: 'string' })];
    expect(decideInclusion(text, date, options).verdict).toBe('compatible');
    expect(decideInclusion(text, date, { formatAssertion: true }).verdict).toBe('breaking');
    expect(decideInclusion(date, bundle({ minLength: 10, maxLength: 10 }), { formatAssertion: true }).verdict).toBe(
      'compatible',
    );
    expect(
      decideInclusion(date, bundle({ format: 'date-time', type: 'string' }), { formatAssertion: true }),
    ).toMatchObject({ verdict: 'breaking' });
  });
});

describe('what is not known', () => {
  it('a pattern that is not regular is only equal to its own text', () => {
    const [left, right] = [
      bundle({ type: 'string', pattern: '^(a+)b\\1$' }),
      bundle({ type: 'string', pattern: '^(a+)b(\\1)$' }),
    ];
    expect(decideInclusion(left, right, options)).toMatchObject({ verdict: 'undecided' });
  });

  it('numbers that JavaScript rounds are not compared', () => {
    const [left, right] = ['9007199254740993', '9007199254740992'].map((bound) =>
      bundle({}, 'draft-07', `{"type":"integer","minimum":${bound}}`),
    );
    if (!left || !right) throw new Error('two schemas');
    expect(decideInclusion(left, right, options)).toMatchObject({ verdict: 'undecided', pointer: '/minimum' });
  });

  it('numbers that JavaScript rounds are the same where their digits are, and bounds are close to what was read', () => {
    const long = (text: string) => bundle({}, 'draft-07', text);
    const int64 = '"type": "integer", "minimum": -9223372036854775808, "maximum": 9223372036854775807';
    const old = long(`{${int64}, "multipleOf": 2}`);
    expect(decideInclusion(old, long(`{${int64}}`), options).verdict).toBe('compatible');
    expect(decideInclusion(long(`{${int64}}`), old, options)).toMatchObject({ verdict: 'breaking', witness: 1 });
    expect(decideInclusion(old, bundle({ minimum: 0 }), options).verdict).toBe('breaking');
    expect(decideInclusion(bundle({ type: 'integer', minimum: 0, maximum: 9 }), old, options).verdict).toBe('breaking');
    expect(decideInclusion(bundle({ type: 'integer', minimum: 0, maximum: 0 }), old, options).verdict).toBe(
      'compatible',
    );
    expect(decideInclusion(old, bundle({ maximum: 1e30 }), options).verdict).toBe('compatible');
    expect(decideInclusion(long(`{${int64}}`), bundle({ maximum: 2 ** 63 }), options).verdict).toBe('undecided');
    const other = '"type": "integer", "minimum": -9223372036854775808, "exclusiveMaximum": 9223372036854775807';
    expect(decideInclusion(long(`{${int64}}`), long(`{${other}}`), options).verdict).toBe('undecided');
    const draft04 = (flag: boolean) =>
      bundle({}, 'draft-04', `{"maximum": 9223372036854775807, "exclusiveMaximum": ${flag}}`);
    expect(decideInclusion(draft04(false), draft04(true), options).verdict).toBe('undecided');
    expect(decideInclusion(draft04(true), draft04(true), options).verdict).toBe('compatible');
    const list = (digits: string) => long(`{"enum": [${digits}, "a"]}`);
    expect(decideInclusion(list('12345678901234567890'), list('12345678901234567890'), options).verdict).toBe(
      'compatible',
    );
    expect(decideInclusion(list('12345678901234567890'), list('12345678901234567891'), options).verdict).toBe(
      'undecided',
    );
  });

  it('unevaluated properties beside a reference that leads nowhere', () => {
    const schema = { $ref: 'http://elsewhere.test/tree', unevaluatedProperties: false };
    expect(
      decideInclusion(
        bundle({ ...schema, title: 'a' }, '2020-12'),
        bundle({ $ref: 'http://elsewhere.test/tree' }, '2020-12'),
        options,
      ).verdict,
    ).toBe('compatible');
    expect(decideInclusion(bundle({}, '2020-12'), bundle(schema, '2020-12'), options).verdict).toBe('undecided');
  });

  it('a reference to a schema on the web is the same to itself, which the answer says', () => {
    const [address, other] = ['https://elsewhere.test/a.json', 'https://elsewhere.test/b.json'];
    const schema = (more: Json, dialect: Dialect = 'draft-07') =>
      bundle({ type: 'object', properties: { a: { $ref: address }, b: more } }, dialect);
    const assuming = `both versions find the same schema at ${address}#`;
    expect(decideInclusion(schema({ type: 'integer' }), schema({ type: 'number' }), options)).toEqual({
      verdict: 'compatible',
      assuming,
    });
    expect(decideInclusion(schema({}), schema({ type: 'number' }), options)).toMatchObject({ witness: { b: null } });
    expect(decideInclusion(schema({}), schema({}, 'draft-06'), options)).toMatchObject({ verdict: 'undecided' });
    const denied = (inner: string) => bundle({ not: { properties: { a: { $ref: inner } }, required: ['a'] } });
    expect(decideInclusion(denied(address), denied(address), options)).toEqual({ verdict: 'compatible', assuming });
    expect(decideInclusion(denied(address), denied(other), options).verdict).toBe('undecided');
    expect(decideInclusion(schema({ not: {} }), schema({ type: 'string' }), options)).toEqual({
      verdict: 'compatible',
      assuming,
    });
  });

  it('proofs that floating-point validators contradict', () => {
    const verdict = decideInclusion(bundle({ multipleOf: 53.198098 }), bundle({ multipleOf: 0.0000001 }), options);
    expect(verdict.verdict).toBe('undecided');
  });

  it('a schema of another dialect inside of one', () => {
    const schema = {
      properties: { a: { $schema: 'http://json-schema.org/draft-04/schema#', minimum: 1, exclusiveMinimum: true } },
    };
    const [left, right] = [bundle({ properties: { a: { minimum: 2 } } }, '2019-09'), bundle(schema, 'draft-04')];
    expect(decideInclusion(left, right, options).verdict).toBe('compatible');
    const inside = bundle(
      {
        properties: { a: { $id: 'https://acme.test/a', $schema: 'http://json-schema.org/draft-04/schema#', const: 1 } },
      },
      'draft-07',
    );
    expect(decideInclusion(bundle({}), inside, options).verdict).toBe('undecided');
  });

  it('a reference that leads back to itself', () => {
    const loop = bundle({ definitions: { a: { allOf: [{ $ref: '#/definitions/a' }] } }, $ref: '#/definitions/a' });
    expect(decideInclusion(loop, bundle({ type: 'string' }), options)).toMatchObject({ verdict: 'undecided' });
  });
});

describe('caps', () => {
  it('steps and time end in undecided', () => {
    const nest = (depth: number): Json =>
      depth === 0 ? { type: 'string' } : { oneOf: [nest(depth - 1), { items: nest(depth - 1), type: 'array' }] };
    const [left, right] = [bundle(nest(7)), bundle({ allOf: [nest(7), { maxItems: 3 }] })];
    expect(decideInclusion(left, right, { ...options, budget: { steps: 5 } })).toMatchObject({
      reason: 'the search took more steps than allowed',
    });
    expect(decideInclusion(left, right, { ...options, budget: { expired: () => true } })).toMatchObject({
      reason: 'the search took more time than allowed',
    });
  });

  it('references that double at every level', () => {
    const bomb = (leaf: Json): SchemaBundle => {
      const levels = Array.from({ length: 60 }, (_, at) => [
        `d${at}`,
        {
          type: 'object',
          required: ['a', 'b'],
          properties: { a: { $ref: `#/definitions/d${at + 1}` }, b: { $ref: `#/definitions/d${at + 1}` } },
        },
      ]);
      return bundle({ definitions: { ...Object.fromEntries(levels), d60: leaf }, $ref: '#/definitions/d0' });
    };
    expect(decideInclusion(bomb({ type: 'string' }), bomb({ type: ['string', 'null'] }), options).verdict).toBe(
      'compatible',
    );
    expect(decideInclusion(bomb({ type: ['string', 'null'] }), bomb({ type: 'string' }), options).verdict).toBe(
      'undecided',
    );
  });

  it('patterns that backtrack or explode', () => {
    const exploding = bundle({ type: 'string', pattern: '^(\\w+\\s?)*$', maxLength: 100_000 });
    expect(decideInclusion(exploding, bundle({ pattern: '^((\\w|\\d)+\\s?){0,1000}$' }), options).verdict).toBe(
      'undecided',
    );
    expect(
      decideInclusion(bundle({ type: 'string', pattern: '^(a+)+$' }), bundle({ pattern: '^a' }), options).verdict,
    ).toBe('compatible');
  });
});

describe('parts of schemas', () => {
  it('are compared at their pointers, and searched for values', () => {
    const whole = bundle({
      properties: {
        a: { type: 'integer', minimum: 3 },
        b: { type: 'number' },
        c: { type: 'string', maxLength: -0, minLength: 1 },
      },
    });
    const at = (pointer: string) => ({ bundle: whole, pointer });
    expect(counterexample(at('/properties/a'), at('/properties/b'), options).kind).toBe('none');
    expect(counterexample(at('/properties/b'), at('/properties/a'), options).kind).toBe('found');
    expect(satisfyingValue(at('/properties/a'), options)).toEqual({ kind: 'found', value: 3 });
    expect(satisfyingValue(at('/properties/c'), options).kind).toBe('none');
  });
});

describe('contents of strings', () => {
  const asserted = { ...options, contentAssertion: true };
  const base64 = bundle({ type: 'string', contentEncoding: 'base64' });
  const json = bundle({ type: 'string', contentMediaType: 'application/json' });
  const both = bundle({ type: 'string', contentEncoding: 'base64', contentMediaType: 'application/json' });
  const string = bundle({ type: 'string' });

  it('are annotations unless they are asserted', () => {
    for (const schema of [base64, json, both]) {
      expect(decideInclusion(string, schema, options)).toEqual({ verdict: 'compatible' });
    }
  });
  it('are checked by ajv when they are asserted', () => {
    expect(decideInclusion(string, base64, asserted)).toMatchObject({ verdict: 'breaking', witness: 'a' });
    expect(decideInclusion(string, json, asserted).verdict).toBe('breaking');
    expect(decideInclusion(base64, both, asserted).verdict).toBe('breaking');
    expect(decideInclusion(both, base64, asserted)).toEqual({ verdict: 'compatible' });
    expect(decideInclusion(base64, bundle({ pattern: '^[A-Za-z0-9+/=]*$' }), asserted).verdict).toBe('compatible');
    expect(decideInclusion(bundle({ const: 'bm90IGpzb24=' }), both, asserted).verdict).toBe('breaking');
    expect(decideInclusion(bundle({ const: 'eyJhIjoxfQ==' }), both, asserted).verdict).toBe('compatible');
  });
  it('that Sluice cannot check are undecided, and the same to themselves', () => {
    const image = bundle({ contentMediaType: 'image/png' });
    expect(decideInclusion(image, bundle({ contentMediaType: 'image/png' }), asserted).verdict).toBe('compatible');
    expect(decideInclusion(string, image, asserted).verdict).toBe('undecided');
    const schema = bundle({ contentMediaType: 'application/json', contentSchema: { type: 'array' } }, '2020-12');
    expect(decideInclusion(bundle({ const: '1' }, '2020-12'), schema, asserted).verdict).toBe('undecided');
  });
  it('mean nothing to dialects that do not have them', () => {
    const old = bundle({ contentEncoding: 'base64' }, 'draft-06');
    expect(decideInclusion(string, old, asserted)).toEqual({ verdict: 'compatible' });
  });
  it('count in schemas that contain themselves', () => {
    const tree = (more: object) =>
      bundle({
        anyOf: [
          { type: 'string', ...more },
          { items: { $ref: '#' }, type: 'array' },
        ],
      });
    expect(decideInclusion(tree({}), tree({ contentEncoding: 'base64' }), asserted).verdict).toBe('breaking');
  });
});
