import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendPointer, formatPointer, parsePointer } from '../../../core/schema/pointer.ts';

test('what is written into a pointer is read from it', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (segments) => {
      expect(parsePointer(formatPointer(segments))).toEqual(segments);
    }),
  );
});
test('a longer way is the shorter one and the rest', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (way, rest) => {
      expect(appendPointer(formatPointer(way), ...rest)).toBe(formatPointer([...way, ...rest]));
    }),
  );
});
test('a tilde and a slash in a name are escaped', () => {
  expect(formatPointer(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0');
});
