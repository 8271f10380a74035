import { valueKeyword } from './value-keyword.ts';

export const multipleOf = valueKeyword({
  keyword: 'multipleOf',
  id: 'multiple-of',
  word: 'the step',
  added: (subject) => `Leave the step of ${subject} as it was, and round where the data is written.`,
});
