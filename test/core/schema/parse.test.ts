import { describe, expect, test } from 'vitest';
import { InputError } from '../../../core/input-error.ts';
import { LimitExceeded } from '../../../core/schema/limits.ts';
import { parseSchema, schemaOf } from '../../../core/schema/parse.ts';

function refusal(path: string, text: string, options = {}): InputError {
  try {
    parseSchema({ path, text }, options);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the schema was accepted');
}

describe('texts that are broken', () => {
  test('JSON is refused at its line and column', () => {
    const error = refusal('a.json', '{\n  "type": "string",\n  "title" "x"\n}');
    expect(error.place).toEqual({ path: 'a.json', line: 3, column: 11 });
    expect(error.problem).toContain('colon expected');
  });
  test('JSON that stops too early is refused', () => {
    expect(refusal('a.json', '{"type": "string"').problem).toMatch(/not JSON/);
    expect(refusal('a.json', '').problem).toMatch(/not JSON/);
  });
  test('comments and trailing commas are no JSON', () => {
    expect(refusal('a.json', '{"a": 1,}').place).toMatchObject({ line: 1 });
    expect(refusal('a.json', '{} // why').problem).toMatch(/not JSON/);
  });
  test('YAML is refused at its line and column', () => {
    expect(refusal('a.yaml', 'type: string\nitems: [1, 2\n').place).toMatchObject({ path: 'a.yaml', line: 3 });
  });
  test('a YAML key given twice is refused', () => {
    expect(refusal('a.yml', 'type: string\ntype: number\n').place).toMatchObject({ line: 2 });
  });
  test('YAML of several documents is refused at the second', () => {
    const error = refusal('a.yaml', 'type: string\n---\ntype: number\n');
    expect(error).toMatchObject({
      problem: 'The file holds more than one YAML document',
      place: { path: 'a.yaml', line: 2 },
    });
  });
  test.each([
    ['flow', '['.repeat(20_000)],
    ['closed flow', '{a: '.repeat(3000) + '}'.repeat(3000)],
    ['sequences on one line', '- '.repeat(3000)],
    ['indented mappings', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}not:\n`).join('')],
    ['keys', '? '.repeat(3000)],
  ])('YAML that is too deep is refused before it ends the stack: %s', (_, text) => {
    const error = refusal('a.yaml', text);
    expect(error).toBeInstanceOf(LimitExceeded);
    expect(error.problem).toMatch(/more than 400/);
  });
  test('a JSON name given twice is refused at the second', () => {
    const error = refusal('a.json', '{\n  "type": "object",\n  "title": "\\\\\\":",\n  "\\u0074ype" : "string"\n}');
    expect(error.place).toEqual({ path: 'a.json', line: 4, column: 3 });
    expect(error.problem).toBe('"type" is there twice');
  });
  test('the same name in different objects, and texts that look like names, are fine', () => {
    const text =
      '{"properties": {"a": {"enum": ["\\":", "x:", "\\\\"]}, "": {"enum": [{"enum": 1}]}, "__proto__": {"enum": [""]}}}';
    expect(parseSchema({ path: 'a.json', text }).value).toEqual(JSON.parse(text));
  });
  test('a number that JSON cannot hold is refused', () => {
    expect(refusal('a.yaml', 'maximum: .inf\n').problem).toMatch(/not finite/);
    expect(refusal('a.json', '{"maximum": 1e400}').problem).toMatch(/too large/);
  });
});

describe('schemas that are none', () => {
  test('a keyword of the wrong type is refused at its line', () => {
    const error = refusal('a.json', '{\n "properties": {\n  "a": { "type": "strin" }\n }\n}');
    expect(error.place).toEqual({ path: 'a.json', line: 3, column: 18 });
    expect(error.problem).toContain('/properties/a/type must be one of');
  });
  test('a number is no schema', () => {
    expect(refusal('a.json', '12').problem).toBe(
      'This is no schema of draft-07: the document must be object or boolean',
    );
  });
  test('a pattern that is no regular expression is refused', () => {
    expect(refusal('a.json', '{"pattern": "(?P<x>a)"}').problem).toMatch(/regular expression of ECMA-262/);
  });
  test('an unknown dialect is refused at $schema', () => {
    const error = refusal('a.json', '{\n  "$schema": "http://acme.test/schema#"\n}');
    expect(error.place).toEqual({ path: 'a.json', line: 2, column: 14 });
    expect(error.remedy).toContain('2020-12');
  });
  test('a boolean is a schema since draft 06', () => {
    expect(parseSchema({ path: 'a.json', text: 'false' }).value).toBe(false);
    expect(refusal('a.json', 'false', { defaultDialect: 'draft-04' }).problem).toMatch(/no schema of draft-04/);
  });
  test('the same value twice in an enum is careless, not wrong', () => {
    expect(parseSchema({ path: 'a.json', text: '{"enum": [{"toString": 1}, {"toString": 1}]}' }).dialect).toBe(
      'draft-07',
    );
  });
});

describe('dialects', () => {
  const dialectOf = (schema: unknown) => parseSchema({ path: 'a.json', text: JSON.stringify(schema) }).dialect;
  test.each([
    ['http://json-schema.org/draft-04/schema#', 'draft-04'],
    ['https://json-schema.org/draft-06/schema', 'draft-06'],
    ['http://json-schema.org/draft-07/schema', 'draft-07'],
    ['https://json-schema.org/draft/2019-09/schema', '2019-09'],
    ['http://json-schema.org/draft/2020-12/schema#', '2020-12'],
    ['http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#', 'draft-04'],
  ])('%s is %s', (address, dialect) => {
    expect(dialectOf({ $schema: address })).toBe(dialect);
  });
  test('without $schema it is draft 07', () => {
    expect(dialectOf({ type: 'string' })).toBe('draft-07');
  });
  test('without $schema, a keyword that only came later tells', () => {
    expect(dialectOf({ properties: { a: { prefixItems: [true] } } })).toBe('2020-12');
  });
  test('without $schema, a flag for exclusive bounds tells draft 04', () => {
    expect(dialectOf({ minimum: 1, exclusiveMinimum: true })).toBe('draft-04');
  });
});

describe('positions', () => {
  const text = '{\n  "type": "object",\n  "properties": {\n    "a/b": { "type": "string" }\n  }\n}\n';
  test('a value is found by its pointer', () => {
    const document = parseSchema({ path: 'a.json', text });
    expect(document.locate('')).toEqual({ line: 1, column: 1 });
    expect(document.locate('/properties/a~1b/type')).toEqual({ line: 4, column: 22 });
  });
  test('what is not there is found at its nearest ancestor', () => {
    expect(parseSchema({ path: 'a.json', text }).locate('/properties/zip/type')).toEqual({ line: 3, column: 17 });
  });
  test('in YAML too, through aliases', () => {
    const yaml = 'definitions:\n  name: &name\n    type: string\nproperties:\n  first: *name\n';
    const document = parseSchema({ path: 'a.yaml', text: yaml });
    expect(document.value).toEqual({
      definitions: { name: { type: 'string' } },
      properties: { first: { type: 'string' } },
    });
    expect(document.locate('/properties/first')).toEqual({ line: 5, column: 10 });
    expect(document.locate('/properties/first/type')).toEqual({ line: 3, column: 11 });
  });
  test('a schema made of a value has the positions of its printed text', () => {
    expect(schemaOf('a.json', { type: 'object', required: ['a'] }).locate('/required/0')).toEqual({
      line: 4,
      column: 5,
    });
  });
});

describe('numbers', () => {
  test('those that JavaScript would round are named', () => {
    const text = '{"enum": [9007199254740993, 0.1, 1e-400, 12.50], "maximum": 10000000000000000000000001}';
    expect(parseSchema({ path: 'a.json', text }).inexactNumbers).toEqual(['/enum/0', '/enum/2', '/maximum']);
  });
  test('in YAML too, at every alias', () => {
    const text = 'definitions:\n  a: {maximum: &big 12345678901234567891}\n  b: {maximum: *big}\n';
    const found = [...parseSchema({ path: 'a.yaml', text }).inexactNumbers].sort();
    expect(found).toEqual(['/definitions/a/maximum', '/definitions/b/maximum']);
  });
});

describe('hostile input', () => {
  test('ten thousand levels are refused, not overflowed', () => {
    const deep = `${'{"not":'.repeat(10_000)}{}${'}'.repeat(10_000)}`;
    expect(refusal('a.json', deep)).toBeInstanceOf(LimitExceeded);
  });
  test('a text that is too long is not even parsed', () => {
    expect(refusal('a.json', '['.repeat(200), { limits: { characters: 100 } })).toBeInstanceOf(LimitExceeded);
  });
  test('too many values are refused', () => {
    expect(refusal('a.json', '{"enum": [1,2,3,4]}', { limits: { nodes: 5 } })).toBeInstanceOf(LimitExceeded);
  });
  test('aliases that multiply are refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 12; at += 1)
      lines.push(
        `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
      );
    expect(refusal('a.yaml', lines.join('\n'))).toBeInstanceOf(LimitExceeded);
  });
  test('a property named __proto__ is a property', () => {
    const { value } = parseSchema({ path: 'a.json', text: '{"properties": {"__proto__": {"type": "string"}}}' });
    expect(JSON.stringify(value)).toBe('{"properties":{"__proto__":{"type":"string"}}}');
    const { value: fromYaml } = parseSchema({ path: 'a.yaml', text: 'properties:\n  __proto__:\n    type: string\n' });
    expect(JSON.stringify(fromYaml)).toBe('{"properties":{"__proto__":{"type":"string"}}}');
  });
});
