import { describe, expect, it } from 'vitest';
import { countOf, formatCount, formatShare } from '../../../core/rendering/numbers.ts';

describe('numbers', () => {
  it('groups thousands', () => {
    expect(formatCount(2456789)).toBe('2,456,789');
    expect(countOf(1, 'record')).toBe('1 record');
    expect(countOf(1234, 'record')).toBe('1,234 records');
  });

  it.each([
    [47, 2_456_789, '0.002 %'],
    [1, 2_456_789, '< 0.001 %'],
    [2_456_789, 2_456_789, 'all'],
    [2_456_788, 2_456_789, '> 99.9 %'],
    [0, 10, '0 %'],
    [1, 3, '33 %'],
    [995, 1000, '99.5 %'],
  ])('says %d of %d as %s', (part, total, share) => {
    expect(formatShare(part, total)).toBe(share);
  });
});
