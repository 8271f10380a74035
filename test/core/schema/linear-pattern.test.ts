import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHarmless, linearPattern } from '../../../core/schema/linear-pattern.ts';
import { compilePattern } from '../../../core/schema/pattern.ts';
import { patternForAjv } from '../../../core/schema/pattern-for-ajv.ts';

const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\n', '^', '$', '\\b', '\\B', '😀', '\\u0061'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0}', '{2,}', '*?'))
      .map(([part, times]) => `(${part})${times}`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', '😀'), maxLength: 8 });

describe('matching without going back', () => {
  test('finds what JavaScript finds', () => {
    fc.assert(
      fc.property(pattern, text, (source, word) => {
        fc.pre(compilePattern(source) !== undefined);
        // V8 looks for \\B between the halves of a character too, which the standard does not.
        fc.pre(!source.includes('\\B') || !word.includes('😀'));
        expect({ source, word, matches: linearPattern(source)?.(word) }).toEqual({
          source,
          word,
          matches: compilePattern(source)?.test(word),
        });
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
  test.each(['^[\\w\\-]+@\\w+(\\.\\w+)*$', '^\\p{Lu}+$', '[]-]', '^(?:a{2,4}|b)+?$', '\\/x\\-y'])('%s', (source) => {
    for (const word of ['a@b.c', 'ÄÖ', ']', '-', 'aaabaa', '/x-y', '', 'a-b@c']) {
      expect(linearPattern(source)?.(word)).toBe(compilePattern(source)?.test(word));
    }
  });
  test.each(['^(a+)+$', '^(a|aa)+$', '^(a*)*b?$', '(x+x+)+y$', '^(a?){40}a{40}$'])(
    '%s ends on a long text',
    (source) => {
      expect(linearPattern(source)?.(`${'a'.repeat(5000)}!`)).toBe(false);
    },
  );
  test('does not pretend to look around or back', () => {
    expect(linearPattern('^(?=a)')).toBeUndefined();
    expect(linearPattern('(a)\\1')).toBeUndefined();
  });
});

describe('what is harmless in JavaScript', () => {
  test.each(['^[A-Z]{2}[0-9]+$', '^(red|green)$', '^x-', '[a-z]*'])('%s is', (source) =>
    expect(isHarmless(source)).toBe(true),
  );
  test.each(['(a+)+', 'a*a*', '(a|a)*', 'a?a?a?', '(?=a)a', '(a)\\1'])('%s is not', (source) =>
    expect(isHarmless(source)).toBe(false),
  );
});

describe('a pattern for ajv', () => {
  test('that only JavaScript can match is tried on short texts only', () => {
    const pattern = patternForAjv('^(?!x)(a+)+$');
    expect(pattern.test('aaa')).toBe(true);
    expect(() => pattern.test('a'.repeat(100))).toThrow('could take for ever');
  });
});
