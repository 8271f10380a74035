import { describe, expect, test } from 'vitest';
import { type CompareOptions, compare } from '../../../core/compatibility/compare.ts';
import { compareWithHistory } from '../../../core/compatibility/transitive.ts';
import { loadBundle, loneBundle } from '../../../core/schema/bundle.ts';
import { parseSchema } from '../../../core/schema/parse.ts';

const schema = (value: unknown, path = 'claim.json') =>
  loneBundle(parseSchema({ path, text: JSON.stringify(value, null, 1) }));
const both = (old: unknown, next: unknown, options: Partial<CompareOptions> = {}) =>
  compare(schema(old), schema(next), { mode: 'FULL', formatAssertion: false, ...options });
const text = { type: 'string' };
const whole = { type: 'integer' };

/** `kind subject: backward/forward` of each change that is not a mere annotation. */
function told(comparison: ReturnType<typeof compare>): string[] {
  return comparison.changes
    .filter(({ kind }) => kind !== 'annotation-changed')
    .map(({ kind, subject, backward, forward }) => `${kind} ${subject}: ${backward.verdict}/${forward.verdict}`);
}

describe('a schema in other words breaks nothing', () => {
  const money = { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] };
  test.each([
    [
      'written out ↔ referred to',
      { properties: { a: money } },
      { properties: { a: { $ref: '#/definitions/m' } }, definitions: { m: money } },
    ],
    ['anyOf of types ↔ list of types', { anyOf: [text, { type: 'null' }] }, { type: ['string', 'null'] }],
    [
      'names in another order',
      { properties: { a: text, b: whole }, type: 'object' },
      { type: 'object', properties: { b: whole, a: text } },
    ],
    ['branches in another order', { oneOf: [text, whole] }, { oneOf: [whole, text] }],
    [
      'a definition with another name',
      { properties: { a: { $ref: '#/definitions/m' } }, definitions: { m: money } },
      { properties: { a: { $ref: '#/definitions/money' } }, definitions: { money } },
    ],
    [
      'a definition in another place',
      { properties: { a: { $ref: '#/definitions/m' } }, definitions: { m: money } },
      {
        properties: { a: { $ref: '#/definitions/parts/definitions/m' } },
        definitions: { parts: { definitions: { m: money } } },
      },
    ],
    ['a branch of allOf written out', { allOf: [{ maxLength: 3 }, { minLength: 1 }] }, { maxLength: 3, minLength: 1 }],
    ['one value as const or enum', { const: 'a' }, { enum: ['a'] }],
    ['oneOf of what cannot overlap ↔ anyOf', { oneOf: [text, whole] }, { anyOf: [text, whole] }],
    ['exclusive bound of integers', { type: 'integer', exclusiveMinimum: 0 }, { type: 'integer', minimum: 1 }],
  ])('%s', (_, old, next) => {
    for (const comparison of [both(old, next), both(next, old)]) {
      expect(comparison.verdict).toBe('compatible');
      const judged = comparison.changes.flatMap(({ backward, forward }) => [backward.verdict, forward.verdict]);
      expect(judged.filter((verdict) => verdict !== 'compatible')).toEqual([]);
    }
  });
  test('beside a real break, only the break is blamed', () => {
    const old = { properties: { a: { anyOf: [text, { type: 'null' }] }, b: text } };
    const next = { properties: { a: { type: ['string', 'null'] }, b: whole } };
    expect(told(both(old, next))).toEqual(['rewritten a: compatible/compatible', 'type-changed b: breaking/breaking']);
  });
});

describe('blame', () => {
  test('each change has a witness of its own', () => {
    const old = { type: 'object', properties: { amount: text, note: text }, required: ['note'] };
    const next = {
      type: 'object',
      properties: { amount: { type: 'number' }, note: text },
      required: ['note', 'amount'],
    };
    const { changes } = both(old, next);
    const byKind = new Map(changes.map((change) => [change.kind, change.backward]));
    expect(byKind.get('type-changed')).toMatchObject({ witness: { amount: '' } });
    expect(byKind.get('required-added')).toMatchObject({
      verdict: 'breaking',
      witness: expect.not.objectContaining({ amount: expect.anything() }) as unknown,
    });
  });
  test('a definition that two properties share is changed for the one that was written out', () => {
    const old = {
      properties: { a: { $ref: '#/definitions/s' }, b: { $ref: '#/definitions/s' } },
      definitions: { s: { type: 'string', maxLength: 5 } },
    };
    const next = { properties: { a: { type: 'string', maxLength: 5 }, b: { type: 'string', maxLength: 4 } } };
    const { changes } = both(old, next);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ subject: 'b', kind: 'size-tightened', backward: { witness: { b: 'aaaaa' } } });
  });
  test('changes that only break together are told as a whole', () => {
    const old = {
      contains: { type: 'boolean' },
      maxContains: 5,
      $schema: 'https://json-schema.org/draft/2020-12/schema',
    };
    const next = { ...old, contains: { type: ['boolean', 'number'] }, maxContains: 7 };
    const { backward, changes } = both(old, next);
    expect(backward.verdict).toBe('breaking');
    expect(changes.some((change) => change.backward.verdict === 'breaking')).toBe(true);
  });
  test('a change inside a recursive schema is told once', () => {
    const tree = (value: unknown) => ({
      type: 'object',
      properties: { value, kids: { type: 'array', items: { $ref: '#' } } },
    });
    expect(told(both(tree(whole), tree(text)))).toEqual(['type-changed value: breaking/breaking']);
  });
  test('data paths are those a person would write', () => {
    const old = {
      properties: { lines: { items: { properties: { 'unit price': text } } } },
      additionalProperties: { properties: { x: text } },
    };
    const next = {
      properties: { lines: { items: { properties: { 'unit price': whole } } } },
      additionalProperties: { properties: { x: whole } },
    };
    expect(
      both(old, next)
        .changes.map(({ subject }) => subject)
        .sort(),
    ).toEqual(['*.x', 'lines[]["unit price"]']);
  });
  test('a name like __proto__ is a property like any other', () => {
    const old = JSON.parse('{"properties": {"__proto__": {"type": "string"}}}') as unknown;
    const next = JSON.parse('{"properties": {"__proto__": {"type": "integer"}}}') as unknown;
    expect(told(both(old, next))).toEqual(['type-changed __proto__: breaking/breaking']);
  });
});

describe('files', () => {
  test('a change in a file that is referred to is told with its path and line', async () => {
    const claim = { properties: { amount: { $ref: 'money.json' } } };
    const load = (money: unknown) =>
      loadBundle(parseSchema({ path: 'schemas/claim.json', text: JSON.stringify(claim) }), async () =>
        JSON.stringify(money, null, 1),
      );
    const [old, next] = [await load({ minimum: 0, type: 'number' }), await load({ type: 'number', minimum: 10 })];
    const { changes } = compare(old, next, { mode: 'BACKWARD', formatAssertion: false });
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ path: 'schemas/money.json', line: 3, pointer: '/minimum', subject: 'amount' });
  });
});

describe('modes', () => {
  const wider = [{ type: 'integer' }, { type: 'number' }] as const;
  test.each([
    ['BACKWARD', 'compatible'],
    ['FORWARD', 'breaking'],
    ['FULL', 'breaking'],
    ['NONE', 'compatible'],
  ] as const)('%s asks for its directions only', (mode, verdict) => {
    expect(both(wider[0], wider[1], { mode }).verdict).toBe(verdict);
  });
  test('APPEND_ONLY lets a file grow, and nothing else', () => {
    const old = { version: '1.0.0', type: 'object', properties: { a: text } };
    const grown = { ...old, version: '1.1.0', properties: { a: text, b: whole } };
    const edited = { ...old, version: '1.1.0', properties: { a: whole } };
    expect(both(old, grown, { mode: 'APPEND_ONLY' }).verdict).toBe('compatible');
    const refused = both(old, edited, { mode: 'APPEND_ONLY' });
    expect(refused.verdict).toBe('breaking');
    expect(refused.changes).toContainEqual(
      expect.objectContaining({ kind: 'append-only-violated', pointer: '/properties/a/type' }),
    );
  });
  test('a transitive mode asks about every version, another about the last one', () => {
    const [first, second, third] = [
      schema({ type: 'number' }),
      schema({ type: 'integer' }),
      schema({ type: ['integer', 'null'] }),
    ];
    const options = { formatAssertion: false } as const;
    expect(compareWithHistory([first, second], third, { ...options, mode: 'BACKWARD' }).verdict).toBe('compatible');
    const history = compareWithHistory([first, second], third, { ...options, mode: 'BACKWARD_TRANSITIVE' });
    expect(history.comparisons.map(({ verdict }) => verdict)).toEqual(['breaking', 'compatible']);
    expect(history.verdict).toBe('breaking');
  });
  test('time that runs out is undecided, never compatible', () => {
    const [old, next] = [
      { type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      { type: 'object', minProperties: 1 },
    ];
    expect(both(old, next, { mode: 'BACKWARD' }).verdict).toBe('compatible');
    const hurried = both(old, next, { mode: 'BACKWARD', budget: { steps: 0, expired: () => true } });
    expect(hurried.backward).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining('more') as unknown,
    });
    expect(hurried.verdict).toBe('undecided');
  });
  test('time that runs out before each change was looked at ends the looking, not the verdict', () => {
    const [old, next] = [{ properties: { a: text, b: text } }, { properties: { a: whole, b: whole } }];
    const { backward, changes } = both(old, next, { changesBudget: { expired: () => true } });
    expect(backward.verdict).toBe('breaking');
    const single = changes.filter(({ kind }) => kind === 'type-changed').map((change) => change.backward);
    expect(single.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided']);
    expect(single[0]).toMatchObject({ reason: expect.stringContaining('more time') as unknown });
  });
});

describe('numbers with more digits than JavaScript keeps', () => {
  const read = (text: string, path = 'claim.json') => loneBundle(parseSchema({ path, text }));
  const summaries = (old: string, next: string, path?: string) =>
    compare(read(old, path), read(next, path), { mode: 'FULL', formatAssertion: false }).changes.map(
      ({ summary }) => summary,
    );
  test('are shown as they are written', () => {
    expect(summaries('{"maximum": 9007199254740993}', '{"maximum": 9007199254740995}')).toEqual([
      'maximum 9007199254740993 → 9007199254740995',
    ]);
    expect(summaries('{"enum": [1, 12345678901234567890]}', '{"enum": [1]}')).toEqual(['loses 12345678901234567890']);
    expect(summaries('maximum: 9007199254740993', 'maximum: 10', 'claim.yaml')).toEqual([
      'maximum 9007199254740993 → 10',
    ]);
    const deep = (digits: string) => `{"properties": {"a": {"items": {"minimum": ${digits}, "type": "integer"}}}}`;
    expect(summaries(deep('1'), deep('-9223372036854775808'))).toEqual(['minimum 1 → -9223372036854775808']);
  });
});

describe('dynamic references', () => {
  test('that can lead to one place only are walked as others are', () => {
    const list = (value: unknown) => ({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $dynamicAnchor: 'n',
      type: 'object',
      properties: { next: { $dynamicRef: '#n' }, v: value },
    });
    expect(told(both(list(text), list(whole)))).toEqual(['type-changed v: breaking/breaking']);
    const tree = (value: unknown) => ({
      $schema: 'https://json-schema.org/draft/2019-09/schema',
      $recursiveAnchor: true,
      properties: { kids: { items: { $recursiveRef: '#' } }, v: value },
    });
    expect(told(both(tree(whole), tree({ type: 'number' })))).toEqual(['type-widened v: compatible/breaking']);
    const plain = { ...list(text), properties: { next: { $ref: '#' }, v: text } };
    expect(told(both(list(text), plain))).toEqual([]);
  });
});

describe('dialects', () => {
  test('that read a version alike are no hindrance to finding each change', () => {
    const old = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: { a: text, b: { type: 'array', items: text } },
    };
    const next = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { a: text, b: { type: 'array', items: whole } },
      required: ['a'],
    };
    expect(told(both(old, next)).sort()).toEqual([
      'dialect-changed : compatible/compatible',
      'required-added a: breaking/compatible',
      'type-changed b[]: breaking/breaking',
    ]);
  });
  test('that spell exclusive bounds in their own way are compared by what they say', () => {
    const old = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'number',
      minimum: 0,
      exclusiveMinimum: true,
    };
    const next = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'number', exclusiveMinimum: 0 };
    expect(told(both(old, next))).toEqual(['dialect-changed : compatible/compatible']);
    expect(told(both(old, { ...next, exclusiveMinimum: 1, multipleOf: 2 })).sort()).toEqual([
      'bound-tightened : breaking/compatible',
      'dialect-changed : compatible/compatible',
      'multiple-of-added : breaking/compatible',
    ]);
  });
  test('that read a version in two ways are compared as a whole', () => {
    const old = { $schema: 'http://json-schema.org/draft-07/schema#', $ref: '#/definitions/a', minLength: 2 };
    const definitions = { a: { type: 'string' } };
    const next = { $schema: 'https://json-schema.org/draft/2020-12/schema', $ref: '#/definitions/a', maxLength: 5 };
    expect(told(both({ ...old, definitions }, { ...next, definitions, minLength: 2 }))).toEqual([
      'dialect-changed : breaking/compatible',
    ]);
  });
});

test('a document that changes its type as a whole has no property to keep it in', () => {
  const [change] = both(text, whole).changes;
  expect(change?.alternative).toBe('Publish the new shape as a schema of its own, and move writers and readers over.');
});
