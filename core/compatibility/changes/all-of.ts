import { combinator } from './combinator.ts';

export const allOf = combinator({
  keyword: 'allOf',
  id: 'all-of',
  alternative: (subject) =>
    `Hold new data of ${subject} to the further schema where it is written, until every record fits.`,
});
