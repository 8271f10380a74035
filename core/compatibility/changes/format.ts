import { valueKeyword } from './value-keyword.ts';

export const format = valueKeyword({
  keyword: 'format',
  id: 'format',
  word: 'the format',
  added: (subject) =>
    `Add a new property with the new format, fill it from ${subject}, and retire ${subject} in a later major version.`,
});
