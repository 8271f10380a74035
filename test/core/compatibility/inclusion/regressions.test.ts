import { describe, expect, it } from 'vitest';
import { decideInclusion } from '../../../../core/compatibility/inclusion/decide.ts';
import type { Dialect } from '../../../../core/schema/dialect.ts';
import type { SchemaBundle } from '../../../../core/schema/document.ts';
import type { Json } from '../../../../core/schema/json.ts';
import { parseSchema } from '../../../../core/schema/parse.ts';
import { validatorFor } from '../../../../core/schema/validator.ts';

const options = { formatAssertion: false };

function bundle(schema: Json, dialect: Dialect = '2020-12', text = JSON.stringify(schema)): SchemaBundle {
  return { root: parseSchema({ path: 'schema.json', text }, { defaultDialect: dialect }), files: new Map() };
}

/** Whether ajv accepts a document under both schemas, and what the engine says of them. */
function answers(old: Json, next: Json, document: Json) {
  const [left, right] = [bundle(old), bundle(next)];
  return {
    old: validatorFor(left, options)(document).length === 0,
    next: validatorFor(right, options)(document).length === 0,
    verdict: decideInclusion(left, right, options).verdict,
  };
}

const breaking = { old: true, next: false, verdict: 'breaking' };
const undecided = { old: true, next: false, verdict: 'undecided' };

it('a dialect named inside of a schema says nothing where no schema of its own begins', () => {
  const inner = { $schema: 'http://json-schema.org/draft-04/schema#', type: 'integer' };
  const [old, next] = [bundle({ items: inner }, 'draft-07'), bundle({ items: { type: 'number' } }, 'draft-07')];
  expect(decideInclusion(old, next, options).verdict).toBe('compatible');
  const named = bundle({ items: { $id: 'https://acme.test/i', ...inner } }, 'draft-07');
  expect(decideInclusion(named, next, options).verdict).toBe('undecided');
});

describe('what was once called compatible and is not', () => {
  it('two demands for new properties, where the name for the first could be the only one for the second', () => {
    const old = { type: 'object', not: { patternProperties: { '^[ab]$': { not: { type: 'string' } } } } };
    expect(answers(old, { patternProperties: { '^a$': { type: 'string' } } }, { a: 1, b: 'x' })).toEqual(breaking);
  });

  it('properties that must be there and of which nobody knows whether they can be', () => {
    const twice = { type: 'string', pattern: '^(a+b?)\\1$', minLength: 60 };
    const old = { type: 'object', minProperties: 1, additionalProperties: twice };
    const next = { type: 'object', maxProperties: 0 };
    expect(decideInclusion(bundle(old), bundle(next), options).verdict).toBe('undecided');
  });

  it('three or more items that must differ, for which the same two values were offered again', () => {
    for (const length of [2, 3, 4, 7]) {
      const different = Array.from({ length }, (_, at) => at);
      expect(answers({ type: 'array', uniqueItems: true }, { maxItems: length - 1 }, different)).toEqual(breaking);
      const listed = { type: 'array', uniqueItems: true, items: { enum: different } };
      expect(answers(listed, { maxItems: length - 1 }, different)).toEqual(breaking);
      expect(decideInclusion(bundle(listed), bundle({ maxItems: length }), options).verdict).toBe('compatible');
    }
    const strings = { type: 'object', additionalProperties: { items: { type: 'string' }, uniqueItems: true } };
    const fewer = { additionalProperties: { maxItems: 3 } };
    expect(answers(strings, fewer, { a: ['', 'a', 'b', 'c'] })).toEqual(breaking);
  });

  it('patterns of the old mode, whose elements share the halves of one character', () => {
    for (const pattern of ['^.+.+\\-?$', '^(?:.+){2}\\-?$', '^.+(?=.+)[^x]*\\-*$']) {
      expect(answers({ type: 'string', pattern, maxLength: 1 }, { maxLength: 0 }, '😀')).toEqual(undecided);
    }
  });

  it('patterns of the old mode whose lookarounds hold in the middle of a character', () => {
    const old = { type: 'string', enum: ['a😀a'] };
    const next = { type: 'string', not: { pattern: '\\-*(?<!a)(?![a-c-])' } };
    expect(answers(old, next, 'a😀a')).toEqual(breaking);
  });

  it('letters of a newer Unicode than the one of the automata', () => {
    for (const letter of ['\u088f', '\ua7cb', '\u{1df7d}'].filter((one) => /\p{L}/u.test(one))) {
      expect(answers({ type: 'string', pattern: '^\\p{L}$' }, { not: { const: letter } }, letter)).toEqual(breaking);
    }
  });

  it('a look around that V8 takes between the halves of a character', () => {
    for (const pattern of ['(?!\\b)', '\\B', '(?<!a)(?!a)(?!^)(?!$)', '(?<!a)(?!a)(?![^])', '(?<!a)(?:b*\\B|c)']) {
      expect(answers({ enum: ['a😀a'] }, { not: { pattern } }, 'a😀a')).toEqual(breaking);
      expect(answers({ type: 'string', pattern: '^a😀a$' }, { not: { pattern } }, 'a😀a')).toEqual(breaking);
    }
  });

  it('items that contains has looked at, of which validators of 2019-09 do not agree whether they are evaluated', () => {
    const old = bundle({ contains: true, unevaluatedItems: false }, '2019-09');
    const none = bundle({ contains: true, maxItems: 0 }, '2019-09');
    const strings = bundle({ contains: true, unevaluatedItems: { type: 'string' } }, '2019-09');
    const array = bundle({ contains: { type: 'string' }, unevaluatedItems: { type: 'string' } }, '2019-09');
    expect(decideInclusion(old, none, options).verdict).toBe('undecided');
    expect(decideInclusion(old, strings, options).verdict).toBe('compatible');
    expect(decideInclusion(array, strings, options).verdict).toBe('undecided');
    expect(decideInclusion(old, bundle({ contains: true, unevaluatedItems: false }, '2019-09'), options).verdict).toBe(
      'compatible',
    );
  });

  it('dependencies in dialects that no longer have the keyword, which some validators go on asserting', () => {
    const [old, next] = [{ dependencies: { a: ['b'] } }, { dependentRequired: { a: ['b'] } }];
    const asserted = bundle(old, 'draft-07');
    for (const dialect of ['2019-09', '2020-12'] as const) {
      const [kept, renamed] = [bundle(old, dialect), bundle(next, dialect)];
      expect(decideInclusion(kept, renamed, options).verdict).toBe('undecided');
      expect(decideInclusion(renamed, kept, options).verdict).toBe('compatible');
      expect(decideInclusion(asserted, kept, options).verdict).toBe('compatible');
      expect(decideInclusion(kept, asserted, options).verdict).toBe('undecided');
      expect(decideInclusion(kept, bundle(old, dialect), options).verdict).toBe('compatible');
      expect(decideInclusion(bundle({}, dialect), kept, options).verdict).toBe('breaking');
      const covered = bundle(
        { ...old, dependencies: { a: { properties: { b: true } } }, unevaluatedProperties: false },
        dialect,
      );
      const closed = { properties: { b: true }, additionalProperties: false };
      expect(decideInclusion(bundle(closed, dialect), covered, options).verdict).not.toBe('compatible');
    }
    expect(decideInclusion(asserted, bundle(next), options).verdict).toBe('compatible');
  });

  it('a name that is empty, which ajv passed over', () => {
    const old = { type: 'object', required: ['b', ''] };
    expect(answers(old, { minProperties: 3 }, { b: 1, '': 1 })).toEqual(breaking);
    expect(answers({ type: 'object' }, { required: [''] }, {})).toEqual(breaking);
    expect(answers({ type: 'object' }, { dependentRequired: { a: ['b', ''] } }, { a: 1, b: 1 })).toEqual(breaking);
  });

  it('multiples of a whole number, which division by a fraction loses sight of where they are huge', () => {
    const thirds = bundle({ type: 'number', multipleOf: 3 });
    expect(decideInclusion(thirds, bundle({ multipleOf: 0.3 }), options).verdict).toBe('undecided');
    expect(decideInclusion(thirds, bundle({ multipleOf: 1.5 }), options).verdict).toBe('compatible');
    const few = bundle({ type: 'number', multipleOf: 3, minimum: 0, maximum: 100 });
    expect(decideInclusion(few, bundle({ multipleOf: 0.3 }), options).verdict).toBe('compatible');
    const cents = bundle({ type: 'number', multipleOf: 0.1, minimum: 0, maximum: 100 });
    expect(decideInclusion(cents, bundle({ multipleOf: 0.01 }), options).verdict).toBe('undecided');
    expect(decideInclusion(bundle({ multipleOf: 6 }), thirds, options).verdict).toBe('breaking');
    expect(decideInclusion(bundle({ type: 'integer', multipleOf: 6 }), thirds, options).verdict).toBe('compatible');
    expect(decideInclusion(bundle({ const: 3e22 }), bundle({ multipleOf: 3 }), options).verdict).toBe('undecided');
  });

  it('unevaluated parts with more cases than are looked at, where more is asked of the same rest', () => {
    const indexes = Array.from({ length: 13 }, (_, at) => at);
    const names = indexes.flatMap((at) => [`a${at}`, `b${at}`]);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(indexes.map((at) => [`a${at}`, true])),
      required: names,
      dependentSchemas: Object.fromEntries(
        indexes.map((at) => [`a${at}`, { properties: { [`b${at}`]: { type: 'integer' } } }]),
      ),
    };
    const document = { rest: '', ...Object.fromEntries(names.map((name) => [name, 1])) };
    expect(
      answers(
        { ...schema, unevaluatedProperties: { type: 'string' } },
        { ...schema, unevaluatedProperties: false },
        document,
      ),
    ).toEqual(undecided);
  });

  it('references by keywords that the dialect does not have, which evaluate nothing', () => {
    const old = { type: 'object', properties: { a: true }, additionalProperties: false };
    const next = { $defs: { x: { properties: { a: true } } }, unevaluatedProperties: false };
    const recursive = { ...next, $recursiveRef: '#/$defs/x' };
    const dynamic = { ...next, $dynamicRef: '#/$defs/x' };
    expect(answers(old, recursive, { a: 1 })).toEqual(breaking);
    expect(decideInclusion(bundle(old, '2019-09'), bundle(dynamic, '2019-09'), options).verdict).toBe('breaking');
  });

  it('multiples that validators do not see', () => {
    expect(answers({ enum: [4.35] }, { multipleOf: 0.01 }, 4.35)).toEqual(undecided);
    expect(answers({ type: 'number', minimum: 4.35, maximum: 4.35 }, { multipleOf: 0.01 }, 4.35)).toEqual(undecided);
  });

  it('dynamic anchors whose name is spelled with escapes', () => {
    const text = JSON.stringify({
      $id: 'https://example.com/strings',
      $ref: 'list',
      $defs: {
        strings: { $dynamicAnchor: 'item', type: 'string' },
        list: {
          $id: 'list',
          type: 'array',
          items: { $dynamicRef: '#item' },
          $defs: { any: { $dynamicAnchor: 'item' } },
        },
      },
    }).replaceAll('$dynamicAnchor', '\\u0024dynamicAnchor');
    const [left, right] = [bundle({ type: 'array' }), bundle(null, '2020-12', text)];
    expect(decideInclusion(left, right, options).verdict).toBe('breaking');
  });

  it('references that lead nowhere, by the same words from different places, inside of a cycle', () => {
    const version = (host: string): Json => ({
      $id: `https://${host}.example/schema`,
      properties: { next: { $ref: '#' }, other: { $ref: 'other.json' } },
    });
    const [left, right] = [bundle(version('old')), bundle(version('new'))];
    expect(decideInclusion(left, right, options).verdict).toBe('undecided');
    const again = bundle(version('old'));
    expect(decideInclusion(left, again, options).verdict).toBe('compatible');
  });
});

describe('what was once called undecided', () => {
  it('patterns of the old mode with whole characters between what reads halves', () => {
    const [left, right] = [bundle({ type: 'string', pattern: '^\\S+\\-\\S+$' }), bundle({ minLength: 3 })];
    expect(decideInclusion(left, right, options).verdict).toBe('compatible');
  });

  it('the same alternative twice in oneOf', () => {
    const one = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const other = { type: 'object', required: ['b'] };
    const verdict = decideInclusion(bundle({ oneOf: [one, one, other] }), bundle({ required: ['b'] }), options);
    expect(verdict.verdict).toBe('compatible');
  });
});
