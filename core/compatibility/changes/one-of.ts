import { combinator } from './combinator.ts';

export const oneOf = combinator({
  keyword: 'oneOf',
  id: 'one-of',
  alternative: (subject) => `Give the alternatives of ${subject} a tag property, so that no document fits two of them.`,
});
