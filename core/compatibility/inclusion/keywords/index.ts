import { additionalItems } from './additional-items.ts';
import { additionalProperties } from './additional-properties.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { constant } from './const.ts';
import { contains } from './contains.ts';
import { content } from './content.ts';
import { dependencies } from './dependencies.ts';
import { dependentRequired } from './dependent-required.ts';
import { dependentSchemas } from './dependent-schemas.ts';
import { enumeration } from './enum.ts';
import { exclusiveMaximum } from './exclusive-maximum.ts';
import { exclusiveMinimum } from './exclusive-minimum.ts';
import { format } from './format.ts';
import { conditional } from './if.ts';
import { items } from './items.ts';
import type { KeywordReader } from './keyword.ts';
import { maxItems } from './max-items.ts';
import { maxLength } from './max-length.ts';
import { maxProperties } from './max-properties.ts';
import { maximum } from './maximum.ts';
import { minItems } from './min-items.ts';
import { minLength } from './min-length.ts';
import { minProperties } from './min-properties.ts';
import { minimum } from './minimum.ts';
import { multipleOf } from './multiple-of.ts';
import { not } from './not.ts';
import { oneOf } from './one-of.ts';
import { pattern } from './pattern.ts';
import { patternProperties } from './pattern-properties.ts';
import { prefixItems } from './prefix-items.ts';
import { properties } from './properties.ts';
import { propertyNames } from './property-names.ts';
import { dynamicReference, recursiveReference, reference } from './reference.ts';
import { required } from './required.ts';
import { type } from './type.ts';
import { unevaluatedItems } from './unevaluated-items.ts';
import { unevaluatedProperties } from './unevaluated-properties.ts';
import { uniqueItems } from './unique-items.ts';

/** Every keyword that can change which documents are valid. `then`, `else`, `minContains` and `maxContains` are read by their neighbour. */
export const keywordReaders: readonly KeywordReader[] = [
  reference,
  dynamicReference,
  recursiveReference,
  type,
  enumeration,
  constant,
  minimum,
  exclusiveMinimum,
  maximum,
  exclusiveMaximum,
  multipleOf,
  minLength,
  maxLength,
  pattern,
  format,
  ...content,
  minItems,
  maxItems,
  prefixItems,
  items,
  additionalItems,
  uniqueItems,
  contains,
  minProperties,
  maxProperties,
  required,
  properties,
  patternProperties,
  additionalProperties,
  propertyNames,
  dependentRequired,
  dependentSchemas,
  dependencies,
  allOf,
  anyOf,
  oneOf,
  not,
  conditional,
  unevaluatedItems,
  unevaluatedProperties,
];
