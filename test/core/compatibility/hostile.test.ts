import { describe, expect, it } from 'vitest';
import { decideInclusion } from '../../../core/compatibility/inclusion/decide.ts';
import type { Verdict } from '../../../core/compatibility/verdict.ts';
import type { SchemaBundle } from '../../../core/schema/document.ts';
import { LimitExceeded } from '../../../core/schema/limits.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { validatorFor } from '../../../core/schema/validator.ts';

function bundle(text: string): SchemaBundle {
  return { root: parseSchema({ path: 'schema.json', text }, { defaultDialect: '2020-12' }), files: new Map() };
}

/** Both directions, without a clock: what ends here ends by its own caps. */
function verdicts(old: unknown, next: unknown): Verdict['verdict'][] {
  const [a, b] = [old, next].map((schema) => bundle(typeof schema === 'string' ? schema : JSON.stringify(schema)));
  if (!a || !b) throw new Error('two schemas');
  return [
    decideInclusion(a, b, { formatAssertion: false }).verdict,
    decideInclusion(b, a, { formatAssertion: false }).verdict,
  ];
}

function nested(times: number, wrap: (inner: string) => string, core: string): string {
  let text = core;
  for (let at = 0; at < times; at += 1) text = wrap(text);
  return text;
}

/** Definitions that each use the one before several times. */
function chain(length: number, link: (before: object, at: number) => object, core: object): object {
  const definitions: Record<string, object> = { s0: core };
  for (let at = 1; at < length; at += 1) definitions[`s${at}`] = link({ $ref: `#/$defs/s${at - 1}` }, at);
  return { $ref: `#/$defs/s${length - 1}`, $defs: definitions };
}

const [text, number] = [{ type: 'string' }, { type: 'number' }];

describe('hostile schemas end in a verdict or in undecided', () => {
  it('alternatives inside alternatives', () => {
    const wrap = (inner: string) => `{"oneOf":[${inner},{"properties":{"a":${inner}}}]}`;
    expect(verdicts(nested(9, wrap, '{"type":"string"}'), nested(9, wrap, '{"type":"number"}'))).toEqual([
      'breaking',
      'breaking',
    ]);
    const link = (before: object, at: number) => ({
      oneOf: [before, { properties: { [`p${at}`]: before } }, { not: before }],
    });
    expect(verdicts(chain(40, link, text), chain(40, link, number))).toEqual(['undecided', 'undecided']);
  });
  it('references that double at every step', () => {
    const all = (before: object) => ({ allOf: [before, before] });
    const both = (before: object) => ({ properties: { a: before, b: before }, required: ['a', 'b'] });
    for (const link of [all, both])
      for (const verdict of verdicts(chain(60, link, text), chain(60, link, number)))
        expect(['breaking', 'undecided']).toContain(verdict);
    expect(verdicts(chain(60, all, text), { ...chain(60, all, text), title: 'a' })).toEqual([
      'compatible',
      'compatible',
    ]);
  });
  it('patterns that explode when they are matched or determinised', () => {
    const pairs: [string, string][] = [
      ['^(a+)+$', '^(a|aa)+b?$'],
      ['(.*a){20}', '(.*a){21}'],
      ['(a|b)*a(a|b){30}', '(a|b)*b(a|b){30}'],
      [`^${'(x|y)?'.repeat(800)}$`, '^[xy]{0,799}$'],
      ['^(?:a{1,1000}){1,1000}$', '^a*$'],
    ];
    for (const [old, next] of pairs)
      for (const verdict of verdicts({ type: 'string', pattern: old }, { type: 'string', pattern: next }))
        expect(['compatible', 'breaking', 'undecided']).toContain(verdict);
    expect(verdicts({ type: 'string', pattern: '^(a+)+$' }, { pattern: '^a*$' })[0]).toBe('compatible');
  });
  it('ten thousand levels', () => {
    const deep = (core: string) => nested(10_000, (inner) => `{"properties":{"a":${inner}}}`, core);
    expect(() => bundle(deep('{}'))).toThrow(LimitExceeded);
    const almost = (core: string) => nested(190, (inner) => `{"properties":{"a":${inner}},"required":["a"]}`, core);
    for (const verdict of verdicts(almost('{"type":"string"}'), almost('{"type":"number"}')))
      expect(['breaking', 'undecided']).toContain(verdict);
  });
  it('lists of five megabytes', () => {
    const values = Array.from({ length: 150_000 }, (_, at) => `value-${at}-${'x'.repeat(20)}`);
    expect(verdicts({ enum: values }, { enum: values.slice(1) })).toEqual(['breaking', 'compatible']);
    const tooMany = JSON.stringify({ enum: Array.from({ length: 250_000 }, (_, at) => at) });
    expect(() => bundle(tooMany)).toThrow(LimitExceeded);
  });
  it('more names than there is memory for', () => {
    const names = (count: number) => ({ required: Array.from({ length: count }, (_, at) => `r${at}`) });
    expect(verdicts(names(60_000), names(60_001))).toEqual(['undecided', 'undecided']);
  });
  it('demands for documents that nobody could hold', () => {
    for (const [old, next] of [
      [{ type: 'array', minItems: 1e9, items: number }, { maxItems: 10 }],
      [{ type: 'array', contains: number, minContains: 1e6 }, { maxItems: 5 }],
      [{ type: 'string', minLength: 1e9 }, { maxLength: 10 }],
      [{ type: 'object', minProperties: 1e7 }, { maxProperties: 10 }],
      [{ type: 'array', uniqueItems: true, minItems: 2000, items: { enum: [...Array(2000).keys()] } }, { maxItems: 9 }],
    ])
      expect(verdicts(old, next)[0]).toBe('undecided');
  });
  it('names that JavaScript gives a meaning to', () => {
    const old = '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}';
    const next = '{"type":"object","properties":{"__proto__":{"type":"number"},"hasOwnProperty":{"type":"null"}}}';
    expect(verdicts(old, next)).toEqual(['breaking', 'breaking']);
    const [a, b] = [bundle(old), bundle(next)];
    const verdict = decideInclusion(a, b, { formatAssertion: false });
    if (verdict.verdict !== 'breaking') throw new Error(verdict.verdict);
    expect(validatorFor(b, { formatAssertion: false })(verdict.witness)).not.toEqual([]);
    expect(verdicts(old, old.replace('{"type":"string"}', '{"type":["string","null"]}'))).toEqual([
      'compatible',
      'breaking',
    ]);
  });
});
