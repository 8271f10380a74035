import { comesAndGoes, subschemaKeyword } from './subschema-keyword.ts';

export const propertyNames = subschemaKeyword({
  keyword: 'propertyNames',
  words: 'rule for property names',
  kinds: comesAndGoes(
    'property-names',
    'the rule for names',
    (subject) => `Rename the properties of ${subject} in every record first.`,
  ),
});
