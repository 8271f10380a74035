import { comesAndGoes, subschemaKeyword } from './subschema-keyword.ts';

export const contains = subschemaKeyword({
  keyword: 'contains',
  words: 'required item ("contains")',
  kinds: comesAndGoes('contains', 'the item', (subject) => `Add the item to ${subject} in every record first.`),
  subject: (subject) => `${subject}[]`,
});
