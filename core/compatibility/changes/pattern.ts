import { valueKeyword } from './value-keyword.ts';

export const pattern = valueKeyword({
  keyword: 'pattern',
  id: 'pattern',
  word: 'the pattern',
  added: (subject) => `Keep the old pattern of ${subject}, and check the stricter one where the data is written.`,
});
