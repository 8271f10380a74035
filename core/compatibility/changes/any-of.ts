import { combinator } from './combinator.ts';

export const anyOf = combinator({
  keyword: 'anyOf',
  id: 'any-of',
  alternative: (subject) =>
    `Keep every alternative of ${subject} until no record uses it, and add new ones only when readers know them.`,
});
