import { comesAndGoes, subschemaKeyword } from './subschema-keyword.ts';

export const not = subschemaKeyword({
  keyword: 'not',
  words: 'exclusion ("not")',
  kinds: comesAndGoes(
    'not',
    'the exclusion',
    (subject) => `Refuse the excluded values of ${subject} where data is written, until no record has them.`,
  ),
});
