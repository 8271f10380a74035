import { describe, expect, it } from 'vitest';
import { shapeDifferences } from '../../../core/impact/shape-difference.ts';

describe('the difference between two documents', () => {
  it('names places and types, and no value', () => {
    const before = { same: 1, amount: '12.50', 'a/b~': null, list: [1, 2], deep: { gone: true, kept: [{ x: 1 }] } };
    const after = { same: 1, amount: 12.5, 'a/b~': 'secret', list: [1], deep: { kept: [{ x: 2 }] }, fresh: {} };
    expect(shapeDifferences(before, after)).toEqual([
      { at: '/amount', before: 'string', after: 'number' },
      { at: '/a~1b~0', before: 'null', after: 'string' },
      { at: '/list', before: 'array of 2', after: 'array of 1' },
      { at: '/deep/gone', before: 'boolean', after: undefined },
      { at: '/deep/kept/0/x', before: 'number', after: 'another number' },
      { at: '/fresh', before: undefined, after: 'object with 0 members' },
    ]);
  });

  it('is none between equal documents, and cut when it is long', () => {
    expect(shapeDifferences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`m${at}`, at]));
    expect(shapeDifferences({}, many)).toHaveLength(20);
    expect(shapeDifferences(1, 'x')).toEqual([{ at: '', before: 'number', after: 'string' }]);
    expect(shapeDifferences({}, JSON.parse('{"__proto__": 1}'))).toEqual([
      { at: '/__proto__', before: undefined, after: 'number' },
    ]);
  });
});
