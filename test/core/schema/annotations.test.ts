import { expect, test } from 'vitest';
import { withoutAnnotations } from '../../../core/schema/annotations.ts';

test('titles, defaults and unknown words go, at every depth', () => {
  const schema = {
    title: 'a',
    type: 'object',
    'x-owner': 'b',
    properties: { title: { type: 'string', description: 'c', default: '' }, 'a/b': { examples: [1] } },
    items: [{ title: 'd' }, true],
    anyOf: [{ title: 'e', const: { title: 'kept' } }],
  };
  expect(withoutAnnotations(schema, 'draft-07')).toEqual({
    type: 'object',
    properties: { title: { type: 'string' }, 'a/b': {} },
    items: [{}, true],
    anyOf: [{ const: { title: 'kept' } }],
  });
});
test('what a dialect does not know is an annotation there', () => {
  expect(withoutAnnotations({ const: 1, minimum: 0 }, 'draft-04')).toEqual({ minimum: 0 });
});
