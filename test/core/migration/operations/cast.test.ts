import { beforeAll, describe, expect, it } from 'vitest';
import type { CastSource } from '../../../../core/migration/cast-effect.ts';
import type { CastType } from '../../../../core/migration/conversion.ts';
import { ConversionError } from '../../../../core/migration/conversion-error.ts';
import { memberAt } from '../../../../core/migration/member.ts';
import { cast } from '../../../../core/migration/operations/cast.ts';
import { transformToSql } from '../../../../core/migration/transform.ts';
import type { Json } from '../../../../core/schema/json.ts';
import { type Sql, startSql } from '../postgres.ts';

let sql: Sql;
beforeAll(async () => {
  sql = await startSql();
});

const at = memberAt('/x');

/** The member after the cast; `refused` where there is none. */
function castOf(x: Json, to: CastType, from?: CastSource): unknown {
  try {
    return (cast(at, to, from).apply({ x }) as { x: Json }).x;
  } catch (error) {
    if (error instanceof ConversionError) return 'refused';
    throw error;
  }
}

describe('a cast to number', () => {
  it.each([
    ['0', 0],
    ['0.0', 0],
    ['-1', -1],
    ['1500.00', 1500],
    ['0.10', 0.1],
    ['-0.5', -0.5],
    [`1${'0'.repeat(308)}`, 1e308],
    ['9007199254740993', 9007199254740992],
  ])('takes the text %s', (text, number) => {
    expect(castOf(text, 'number')).toBe(number);
  });

  it.each([
    '',
    ' ',
    ' 12',
    '12 ',
    '12\n',
    '12,50',
    '1_000',
    '+1',
    '01',
    '.5',
    '5.',
    '1e3',
    '-0',
    '-0.00',
    'NaN',
    'Infinity',
    '0x10',
    '٣',
    '１',
    '1.2.3',
    `2${'0'.repeat(308)}`,
    '9'.repeat(1001),
    'true',
  ])('refuses the text %j', (text) => {
    expect(castOf(text, 'number')).toBe('refused');
  });

  it('leaves numbers as they are, unless it is told to convert from text only', () => {
    expect(castOf(1.5, 'number')).toBe(1.5);
    expect(castOf(1.5, 'number', 'string')).toBe('refused');
  });

  it('leaves null and missing members as they are, and refuses what has no number', () => {
    expect(castOf(null, 'number', 'string')).toBe(null);
    expect(cast(at, 'number').apply({ y: 1 })).toEqual({ y: 1 });
    for (const value of [true, {}, [], ['1']]) expect(castOf(value, 'number')).toBe('refused');
  });

  it('keeps every digit and the scale in PostgreSQL, forth and back', async () => {
    const texts = ['1500.00', '0.10', '12345678901234567890.12345678901234567890', '0.000'];
    const documents = texts.map((x) => JSON.stringify({ x }));
    const forth = transformToSql([cast(at, 'number', 'string')], 'document');
    expect(await sql.evaluate(forth, documents)).toEqual(texts.map((text) => `{"x": ${text}}`));
    const back = transformToSql([cast(at, 'string', 'number')], forth);
    expect(await sql.evaluate(back, documents)).toEqual(texts.map((text) => `{"x": "${text}"}`));
  });
});

describe('a cast to integer', () => {
  it('takes whole numbers as text and as numbers, and nothing that it would have to round', () => {
    expect(castOf('-12', 'integer')).toBe(-12);
    expect(castOf(12, 'integer')).toBe(12);
    for (const value of ['1.0', '1.5', '-0', 1.5, true]) expect(castOf(value, 'integer')).toBe('refused');
  });

  it('drops the scale of a whole number in PostgreSQL', async () => {
    const documents = ['{"x": 2.00}', '{"x": 2.50}', '{"x": 1e3}'];
    expect(await sql.evaluate(transformToSql([cast(at, 'integer')], 'document'), documents)).toEqual([
      '{"x": 2}',
      undefined,
      '{"x": 1000}',
    ]);
  });
});

describe('a cast to boolean', () => {
  it('takes true and false as text, and nothing else that could be meant so', () => {
    expect([castOf('true', 'boolean'), castOf('false', 'boolean'), castOf(true, 'boolean')]).toEqual([
      true,
      false,
      true,
    ]);
    for (const value of ['True', 't', 'yes', '1', 1, 0, '']) expect(castOf(value, 'boolean')).toBe('refused');
  });
});

describe('a cast to string', () => {
  it.each([
    [1.5, '1.5'],
    [1e21, '1000000000000000000000'],
    [-1e-7, '-0.0000001'],
    [1.25e-10, '0.000000000125'],
    [-0, '0'],
    [123456789012345680000, '123456789012345680000'],
    [1.5e300, `15${'0'.repeat(299)}`],
    [true, 'true'],
    ['x', 'x'],
  ])('spells %s without exponent', (value, text) => {
    expect(castOf(value, 'string')).toBe(text);
  });
});

describe('a cast of numbers that are stored with a scale', () => {
  const documents = ['{"x": 2.00}', '{"x": 2.50}', '{"x": 12345678901234567890.0}'];

  it('is not told to give the texts of listed numbers: the scale is seen in the text', async () => {
    const result = cast(at, 'string', 'number').effect({ properties: { x: { enum: [2, 2.5] } } });
    expect(result).toMatchObject({ schema: { properties: { x: { type: 'string' } } } });
    expect(JSON.stringify(result)).not.toContain('enum');
    expect(await sql.evaluate(transformToSql([cast(at, 'string', 'number')], 'document'), documents)).toEqual([
      '{"x": "2.00"}',
      '{"x": "2.50"}',
      '{"x": "12345678901234567890.0"}',
    ]);
  });

  it('drops the scale of whole numbers where only whole numbers are converted', async () => {
    expect(await sql.evaluate(transformToSql([cast(at, 'string', 'integer')], 'document'), documents)).toEqual([
      '{"x": "2"}',
      undefined,
      '{"x": "12345678901234567890"}',
    ]);
  });
});

describe('what a cast says of itself', () => {
  it('names the way back when it is exact, else what is lost', () => {
    expect(cast(at, 'number', 'string').inverse).toMatchObject({
      operation: { summary: 'cast x from number to string' },
    });
    expect(cast(at, 'number').inverse).toMatchObject({
      loses: 'which values of x were of type number before',
      nearest: { summary: 'cast x from number to string' },
    });
    expect(cast(at, 'string').inverse).toEqual({ loses: 'which values of x were of type string before' });
  });

  it('names what it takes for granted', () => {
    expect(cast(at, 'number', 'string').accepts?.statement).toBe('every x is a decimal number as text');
    expect(cast(at, 'number').accepts?.statement).toBe('every x is a decimal number as text or a number');
    expect(cast(at, 'integer').accepts?.statement).toBe('every x is a whole number as text or a whole number');
    expect(cast(at, 'string').accepts?.statement).toBe('every x is a number or a boolean or a string');
  });

  it('tells where and why it refuses a record, without the value', () => {
    expect(() => cast(memberAt('/a~1b/c'), 'number').apply({ 'a/b': { c: 'secret' } })).toThrow(
      new ConversionError('/a~1b/c', 'is of type string, but not a decimal number as text'),
    );
    expect(() => cast(at, 'number').apply({ x: ['secret'] })).toThrow(
      '/x is of type array, which is not cast to number',
    );
  });
});

describe('the effect of a cast on a schema', () => {
  const effect = (x: Json, to: CastType, from?: CastSource) => {
    const result = cast(at, to, from).effect({ properties: { x }, $defs: { money: { type: 'string' } } });
    return 'schema' in result ? (result.schema as { properties: { x: Json } }).properties.x : result;
  };

  it('follows types, nullable types, references and enums', () => {
    expect(effect({ type: 'string', maxLength: 9 }, 'number')).toEqual({ type: 'number' });
    expect(effect({ type: ['string', 'null'] }, 'number')).toEqual({ anyOf: [{ type: 'number' }, { type: 'null' }] });
    expect(effect({ $ref: '#/$defs/money' }, 'number')).toEqual({ type: 'number' });
    expect(effect({ enum: ['1', '2.50', 'many', null] }, 'number')).toEqual({ enum: [1, 2.5, null] });
    expect(effect({ enum: [1, 2] }, 'string', 'integer')).toEqual({ enum: ['1', '2'] });
    expect(effect({ enum: [true] }, 'string', 'boolean')).toEqual({ enum: ['true'] });
  });

  it('does not believe what stands beside a reference: older dialects do not', () => {
    const written = { $ref: '#/$defs/money', type: 'boolean' };
    expect(effect(written, 'boolean')).toEqual({
      anyOf: [{ type: 'boolean' }, { type: 'boolean' }, { allOf: [written, { type: 'null' }] }],
    });
  });

  it('keeps what is said of numbers that stay numbers', () => {
    expect(effect({ type: 'number', minimum: 0 }, 'integer')).toEqual({ type: 'integer', minimum: 0 });
    expect(effect({ type: ['integer', 'string'], minimum: 0 }, 'number')).toEqual({
      anyOf: [{ type: 'number' }, { type: 'integer', minimum: 0 }],
    });
  });

  it('does not write into a schema what a double would round', () => {
    expect(effect({ enum: ['12345678901234567890'] }, 'number')).toEqual({ type: 'number', minimum: 0 });
    expect(effect({ enum: ['-12345678901234567890'] }, 'number')).toEqual({ type: 'number' });
  });

  it('leaves a member alone that is never there', () => {
    expect(cast(at, 'number').effect({ additionalProperties: false })).toEqual({
      schema: { additionalProperties: false },
    });
  });

  it('is not known where another keyword sees the member', () => {
    const effectOf = (schema: Json) => cast(at, 'number').effect(schema);
    expect(effectOf({ allOf: [{ properties: { x: { type: 'string' } } }] })).toEqual({
      unknown: 'the schema speaks of x in allOf',
    });
    expect(effectOf({ allOf: [{ properties: { y: { type: 'string' } } }] })).toHaveProperty('schema');
    expect(effectOf({ patternProperties: {} })).toEqual({ unknown: 'the schema has patternProperties' });
    expect(effectOf({ properties: { child: { $ref: '#' } } })).toEqual({ unknown: 'the schema refers to #' });
    expect(effectOf({ $ref: 'other.json' })).toEqual({ unknown: 'the schema refers to another file' });
  });
});
