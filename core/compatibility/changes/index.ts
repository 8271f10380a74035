import type { Family } from '../difference.ts';
import { allOf } from './all-of.ts';
import { allowedValues } from './allowed-values.ts';
import { annotations } from './annotations.ts';
import { anyOf } from './any-of.ts';
import { bounds } from './bounds.ts';
import { condition } from './condition.ts';
import { contains } from './contains.ts';
import { contents } from './contents.ts';
import { dependencies } from './dependencies.ts';
import { format } from './format.ts';
import { items } from './items.ts';
import { multipleOf } from './multiple-of.ts';
import { not } from './not.ts';
import { oneOf } from './one-of.ts';
import { openness } from './openness.ts';
import { pattern } from './pattern.ts';
import { patternProperties } from './pattern-properties.ts';
import { properties } from './properties.ts';
import { propertyNames } from './property-names.ts';
import { reference } from './reference.ts';
import { sizes } from './sizes.ts';
import { type } from './type.ts';
import { uniqueItems } from './unique-items.ts';

/** Every family of changes. Together they answer for every keyword that can decide about a document. */
export const families: readonly Family[] = [
  type,
  allowedValues,
  bounds,
  multipleOf,
  sizes,
  pattern,
  format,
  contents,
  uniqueItems,
  properties,
  patternProperties,
  propertyNames,
  openness,
  dependencies,
  items,
  contains,
  allOf,
  anyOf,
  oneOf,
  not,
  condition,
  reference,
  annotations,
];
