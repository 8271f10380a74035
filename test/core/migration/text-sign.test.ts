import { describe, expect, it } from 'vitest';
import { neverNegative } from '../../../core/migration/text-sign.ts';

describe('whether decimal numbers as text can be negative', () => {
  it.each([
    ['digits only', { type: 'string', pattern: '^\\d+\\.\\d{2}$' }],
    ['digits only, beside other texts', { pattern: '^([0-9]+|none)$' }],
    ['a list without negative numbers', { enum: ['1', '2.5', 'none'] }],
  ])('knows that they cannot: %s', (_, schema) => {
    expect(neverNegative(schema)).toBe(true);
  });

  it.each([
    ['nothing is said', { type: 'string' }],
    ['an optional minus', { type: 'string', pattern: '^-?\\d+$' }],
    ['an unanchored pattern', { type: 'string', pattern: '\\d+' }],
    ['a list with a negative number', { enum: ['1', '-1'] }],
    ['a reference silences what stands beside it', { $ref: '#/definitions/any', pattern: '^\\d+$' }],
    ['a pattern that cannot be decided', { pattern: '^(\\d)\\1$' }],
    ['no schema of texts', true],
  ])('does not claim it where %s', (_, schema) => {
    expect(neverNegative(schema)).toBe(false);
  });
});
