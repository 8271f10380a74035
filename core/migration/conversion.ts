import type { Json } from '../schema/json.ts';
import {
  decimalPattern,
  decimalText,
  integerPattern,
  isDecimalText,
  isDecimalTextSql,
  isInDoubleRangeSql,
  isIntegerText,
  isIntegerTextSql,
  isShortNumberSql,
} from './decimal-text.ts';

export const castTypes = ['string', 'number', 'integer', 'boolean'] as const;
export type CastType = (typeof castTypes)[number];

/** How values of one JSON type become values of another. */
export interface Conversion {
  readonly from: 'string' | 'number' | 'boolean';
  /** The new value, or undefined where this value has none. */
  convert(value: string | number | boolean): Json | undefined;
  /** SQL condition over the value's text: whether it has a new value. `true` where all have. */
  condition(text: string): string;
  /** SQL for the new value as jsonb, given the value's text. Only evaluated where the condition holds. */
  value(text: string): string;
  /** Schema of values that have a new value; leaves out a few of extreme length. */
  readonly accepts: Json;
  /** Schema of the new values. */
  readonly gives: Json;
  /** What the values must be, for people: `a decimal number as text`; undefined where all are. */
  readonly must?: string;
}

/** Whole numbers as text without a scale: 2.00 → `2`. */
export const wholeToString: Conversion = {
  from: 'number',
  convert: (number) => (typeof number === 'number' && Number.isInteger(number) ? decimalText(number) : undefined),
  condition: (text) =>
    `CASE WHEN ${isShortNumberSql(text)} THEN ${text}::numeric = trunc(${text}::numeric) AND ${isInDoubleRangeSql(`${text}::numeric`)} ELSE false END`,
  value: (text) => `to_jsonb(trunc(${text}::numeric)::text)`,
  accepts: { type: 'integer' },
  gives: { type: 'string', pattern: integerPattern },
  must: 'a whole number',
};

const all = () => 'true';
const decimalsAsText = { type: 'string', maxLength: 300, pattern: decimalPattern };

/** By target type, then the types it can be made from. A value of the target type itself stays as it is. */
export const conversions: { readonly [T in CastType]: readonly Conversion[] } = {
  number: [
    {
      from: 'string',
      convert: (text) => (typeof text === 'string' && isDecimalText(text) ? Number(text) : undefined),
      condition: isDecimalTextSql,
      value: (text) => `to_jsonb(${text}::numeric)`,
      accepts: decimalsAsText,
      gives: { type: 'number' },
      must: 'a decimal number as text',
    },
  ],
  integer: [
    {
      from: 'string',
      convert: (text) => (typeof text === 'string' && isIntegerText(text) ? Number(text) : undefined),
      condition: isIntegerTextSql,
      value: (text) => `to_jsonb(${text}::numeric)`,
      accepts: { type: 'string', maxLength: 300, pattern: integerPattern },
      gives: { type: 'integer' },
      must: 'a whole number as text',
    },
    {
      from: 'number',
      convert: (number) => (Number.isInteger(number) ? number : undefined),
      condition: (text) => `${text}::numeric = trunc(${text}::numeric)`,
      value: (text) => `to_jsonb(trunc(${text}::numeric))`,
      accepts: { type: 'integer' },
      gives: { type: 'integer' },
      must: 'a whole number',
    },
  ],
  boolean: [
    {
      from: 'string',
      convert: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
      condition: (text) => `${text} COLLATE "C" IN ('true', 'false')`,
      value: (text) => `to_jsonb(${text} COLLATE "C" = 'true')`,
      accepts: { enum: ['true', 'false'] },
      gives: { type: 'boolean' },
      must: 'the text true or false',
    },
  ],
  string: [
    {
      from: 'number',
      convert: (number) => {
        const text = typeof number === 'number' && Number.isFinite(number) ? decimalText(number) : '';
        return isDecimalText(text) ? text : undefined;
      },
      condition: isDecimalTextSql,
      value: (text) => `to_jsonb(${text})`,
      accepts: { type: 'number' },
      gives: { type: 'string', pattern: decimalPattern },
    },
    {
      from: 'boolean',
      convert: (value) => String(value),
      condition: all,
      value: (text) => `to_jsonb(${text})`,
      accepts: { type: 'boolean' },
      gives: { enum: ['true', 'false'] },
    },
  ],
};
