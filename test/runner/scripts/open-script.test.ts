import { describe, expect, it } from 'vitest';
import { body, open, outcomesOf } from './script.ts';

describe('a script', () => {
  it('changes records, skips those for which it gives null, and knows what it is part of', async () => {
    const script = await open(`
      interface Claim { amount: number | null }
      export async function transformRecord(record: Claim, context: { key: string; to: string }): Promise<object | null> {
        if (record.amount === null) return null;
        return { ...record, cents: record.amount! * 100, key: context.key, version: context.to };
      }`);
    expect(await outcomesOf(script, ['{"amount": 1.5}', '{"amount": null}'])).toEqual([
      '{"amount":1.5,"cents":150,"key":"1","version":"2.0.0"}',
      '-',
    ]);
  });

  it('may be JavaScript, and synchronous', async () => {
    const script = await open('export const transformRecord = (record) => [record];', { path: 'm/2.mjs' });
    expect(await outcomesOf(script, ['1', '"x"', 'null'])).toEqual(['[1]', '["x"]', '[null]']);
  });

  it('gives every answer to its own record, whatever their number and the number of processes', async () => {
    const script = await open(body('await null; return { n: record.n * 2 };'), {}, { processes: 3 });
    const documents = Array.from({ length: 5000 }, (_, n) => `{"n": ${n}}`);
    const outcomes = await outcomesOf(script, documents);
    expect(outcomes).toEqual(documents.map((_, n) => `{"n":${n * 2}}`));
    expect(await Promise.all([1, 2, 3, 4, 5].map((n) => outcomesOf(script, [`{"n": ${n}}`])))).toEqual(
      [1, 2, 3, 4, 5].map((n) => [`{"n":${n * 2}}`]),
    );
  });

  it('may give some records at once and others later, also by a promise of its own kind', async () => {
    const script = await open(
      body(`if (record.n % 3 === 0) return { n: record.n };
        if (record.n % 3 === 1) return Promise.resolve({ later: record.n });
        return { then(resolve) { resolve({ then: record.n }); } };`).replace('async function', 'function'),
      {},
      { processes: 2 },
    );
    const documents = Array.from({ length: 700 }, (_, n) => `{"n":${n}}`);
    expect(await outcomesOf(script, documents)).toEqual(
      documents.map((_, n) => `{"${['n', 'later', 'then'][n % 3]}":${n}}`),
    );
  });

  it('has its records judged by validateRecord, whose words are passed on when they stand in the script', async () => {
    const script = await open(`
      export const transformRecord = (record) => record;
      export function validateRecord(record, context) {
        if (record.a === 1) return true;
        if (record.a === 2) return 'an amount is missing';
        if (record.a === 3) return 'the name is ' + record.name;
        return false;
      }`);
    expect(await outcomesOf(script, ['{"a": 1}', '{"a": 2}', '{"a": 3, "name": "Secret"}', '{"a": 4}'])).toEqual([
      '{"a":1}',
      'is refused by validateRecord: an amount is missing',
      'is refused by validateRecord',
      'is refused by validateRecord',
    ]);
  });

  it('is told what a thrown error is and where, without its message', async () => {
    const script = await open(`export function transformRecord(record) {
      if (record.a === 1) throw new RangeError('Secret');
      if (record.a === 2) throw record;
      if (record.a === 3) return record.b.c;
      if (record.a === 4) return undefined;
      if (record.a === 5) return 1n;
      const cycle = {}; cycle.cycle = cycle; return cycle;
    }`);
    expect(
      await outcomesOf(
        script,
        [1, 2, 3, 4, 5, 6].map((a) => `{"a": ${a}}`),
      ),
    ).toEqual([
      'makes the script throw a RangeError at line 2',
      'makes the script throw something that is no error',
      'makes the script throw a TypeError at line 4',
      'becomes nothing in the script that could be kept',
      'makes the script throw a TypeError',
      'makes the script throw a TypeError',
    ]);
  });

  it.each([
    ['an enum', 'enum A { b }\nexport const transformRecord = (r) => r;', /TypeScript enum is not supported/],
    ['broken text', 'export function transformRecord(', /The script cannot be read/],
    ['broken JavaScript', 'export const transformRecord = (r) => { return r +; };', /cannot be/],
    ['an import', "import fs from 'node:fs';\nexport const transformRecord = (r) => r;", /imports nothing/],
    ['an import at run time', "export const transformRecord = () => import('node:fs');", /imports nothing/],
    [
      'an import behind a comment',
      'export const transformRecord = () => import /* ( */ ("node:fs");',
      /imports nothing/,
    ],
    ['import.meta', 'export const transformRecord = () => import.meta.url;', /imports nothing/],
    [
      'an error while it is loaded',
      'throw new Error("x"); export const transformRecord = (r) => r;',
      /throws? an Error|an Error at line 1/,
    ],
    ['no function', 'export const transformRecord = 1;', /exports no function transformRecord/],
  ])('is refused with %s', async (_, text, problem) => {
    await expect(open(text)).rejects.toThrow(problem);
    await expect(open(text)).rejects.toMatchObject({
      name: 'InputError',
      place: { path: 'migrations/claim/2.0.0.ts' },
    });
  });
});

describe('digits that JavaScript does not keep', () => {
  it('stay where the script leaves a number in its place', async () => {
    const script = await open(body('const { c, ...kept } = record; return { ...kept, b: { n: record.b.n }, d: 1.0 };'));
    const before =
      '{"id": 9007199254740993, "b": {"n": 1.10, "x": 2.0}, "c": 3.50, "e/~": [0.10, 12345678901234567890.5]}';
    expect(await outcomesOf(script, [before])).toEqual([
      '{"id":9007199254740993,"b":{"n":1.10},"e/~":[0.10,12345678901234567890.5],"d":1}',
    ]);
  });

  it.each(['', ' ', '\t', ' \r '])('are found wherever JSON may have a number, with %j before it', async (space) => {
    const script = await open(body('return record;'));
    for (const number of [
      '9007199254740993',
      '-9007199254740993',
      '0.12345678901234567',
      '1E400',
      '1.5e-400',
      '-0.10',
      '20.00',
      '123456789012345678.10',
    ]) {
      const documents = [`{"a":${space}${number}}`, `{"a":[${space}${number},${space}${number}]}`, `${space}${number}`];
      expect(await outcomesOf(script, documents)).toEqual(documents.map((document) => document.replaceAll(space, '')));
    }
    const texts = ['{"a":": 1.10","b":"[1e5","c":"x, 9007199254740993"}'];
    expect(await outcomesOf(script, texts)).toEqual(texts);
  });

  it('go with a number that the script moves, copies, sorts or puts through JSON', async () => {
    const script = await open(
      body('const { id, ...rest } = record; return { key: id, also: [id], json: JSON.parse(JSON.stringify(rest)) };'),
    );
    expect(await outcomesOf(script, ['{"id": 9007199254740993, "b": -1e400, "c": 0.1}'])).toEqual([
      '{"key":9007199254740993,"also":[9007199254740993],"json":{"b":-1e400,"c":0.1}}',
    ]);
    const sorting = await open(body('return record.reverse();'));
    expect(await outcomesOf(sorting, ['[9007199254740993, 9007199254740992]', '["9007199254740993 ]", 1]'])).toEqual([
      '[9007199254740992,9007199254740993]',
      '[1,"9007199254740993 ]"]',
    ]);
  });

  it('can be read as text, to reckon with as BigInt', async () => {
    const script = await open(body('return { next: String(BigInt(record.id.digits) + 1n) };'));
    expect(await outcomesOf(script, ['{"id": 9007199254740993}'])).toEqual(['{"next":"9007199254740994"}']);
  });

  it.each([
    'record.id += 1; return record;',
    'return { id: record.id * 2 };',
    'return { id: String(record.id) };',
    'return { id: `${record.id}` };',
    'return { id: Math.max(record.id, 1) };',
  ])('are never rounded by what a script does: %s', async (code) => {
    const script = await open(body(code));
    const [outcome] = await outcomesOf(script, ['{"id": 9007199254740993}']);
    expect(outcome).toBe('makes the script throw a TypeError at line 1');
  });

  it('cannot be taken apart', async () => {
    const script = await open(body("return { id: JSON.stringify(record.id) + 'x' };"));
    expect(await outcomesOf(script, ['{"id": 9007199254740993}'])).toEqual([
      'becomes nothing in the script that could be kept',
    ]);
  });
});

it('what PostgreSQL cannot store is refused before it gets there', async () => {
  const script = await open(body('return { [record.key ?? "a"]: record.a };'));
  expect(
    await outcomesOf(script, [
      '{"a": "\\u0000"}',
      '{"a": "\\ud800"}',
      '{"key": "\\u0000", "a": 1}',
      '{"a": "\\\\u0000"}',
      '{"a": "💧"}',
    ]),
  ).toEqual([
    'gets a character from the script that cannot be stored',
    'gets a character from the script that cannot be stored',
    'gets a character from the script that cannot be stored',
    '{"a":"\\\\u0000"}',
    '{"a":"💧"}',
  ]);
});

describe('the limits of a script', () => {
  it('stop a record that takes too long, and let the others through', async () => {
    const script = await open(body('if (record.n === 7) for (;;); return record;'), { timeout: 50 });
    const outcomes = await outcomesOf(
      script,
      Array.from({ length: 10 }, (_, n) => `{"n": ${n}}`),
    );
    expect(outcomes[7]).toBe('takes the script more than 50 ms');
    expect(outcomes.filter((_, n) => n !== 7)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9].map((n) => `{"n":${n}}`));
  });

  it('stop a record that fills the memory, on the heap or beside it', async () => {
    const script = await open(
      body(`const kept = [];
        if (record.n === 1) for (;;) kept.push(new Array(10000).fill(record.n));
        if (record.n === 2) for (;;) kept.push(new Uint8Array(10_000_000).fill(1));
        return record;`),
      { memory: 32, timeout: 20_000 },
    );
    expect(await outcomesOf(script, ['{"n": 0}', '{"n": 1}', '{"n": 2}', '{"n": 3}'])).toEqual([
      '{"n":0}',
      'takes the script more than 32 MB of memory',
      'takes the script more than 32 MB of memory',
      '{"n":3}',
    ]);
  });

  it('do not wait for what never comes', async () => {
    const script = await open(body('if (record.n === 1) await new Promise(() => {}); return record;'));
    expect(await outcomesOf(script, ['{"n": 0}', '{"n": 1}', '{"n": 2}'])).toEqual([
      '{"n":0}',
      'waits in the script for what never comes',
      '{"n":2}',
    ]);
  });

  it('bear a process that ends itself', async () => {
    const script = await open(body('if (record.n === 1) Promise.reject(new Error("x")); return record;'));
    const outcomes = await outcomesOf(script, ['{"n": 0}', '{"n": 1}', '{"n": 2}']);
    expect(outcomes).toEqual(['{"n":0}', 'ends the process of the script', '{"n":2}']);
  });

  it('let nothing run on after it is closed', async () => {
    const script = await open(body('for (;;);'), { timeout: 60_000 });
    const running = script.transform([{ key: '1', document: '{}' }]);
    await script.close();
    expect(await running).toEqual([]);
  });
});
