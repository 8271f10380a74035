import type { Json } from '../schema/json.ts';
import { isObject, own } from '../schema/json.ts';
import { decimalText, isInDoubleRangeSql, isShortNumberSql } from './decimal-text.ts';
import { editParent } from './effect.ts';
import { onlyWholeNumbers, possibleTypes } from './json-types.ts';
import type { Member } from './member.ts';
import { changeValue } from './member-value.ts';
import type { Operation } from './operation.ts';

/** How every number of a member becomes another one, exactly: on its decimal digits, never on a double. */
export interface NumberChange {
  /** The digits after, given those before, both without exponent. Must keep the sign. */
  readonly digits: (text: string) => string;
  /** The same in SQL over a numeric expression. */
  readonly sql: (numeric: string) => string;
  /** Whether the result is a whole number, given whether all numbers before are. */
  readonly whole: (before: boolean) => boolean;
}

/** Null stays null; what is no number is refused, and so is a result that is no double. */
export function changeNumber(member: Member, change: NumberChange): Pick<Operation, 'apply' | 'toSql' | 'effect'> {
  const convert = (value: Json): Json | undefined => {
    if (value === null) return null;
    const result = typeof value === 'number' ? Number(change.digits(decimalText(value))) : Number.NaN;
    return Number.isFinite(result) ? result : undefined;
  };
  return {
    ...changeValue(member, {
      convert,
      sql(value, text) {
        const result = change.sql(`${text}::numeric`);
        return `CASE jsonb_typeof(${value}) WHEN 'null' THEN ${value} WHEN 'number' THEN CASE WHEN ${isShortNumberSql(text)} THEN CASE WHEN ${isInDoubleRangeSql(result)} THEN to_jsonb(${result}) END END END`;
      },
      refusal: 'is not a number in the range of numbers',
    }),
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        return parent.with(member.name, { ...state, schema: after(resolve(state.schema)) });
      }),
  };

  function after(before: Json): Json {
    const possible = possibleTypes(before);
    const numbers = { type: change.whole(onlyWholeNumbers(before)) ? 'integer' : 'number', ...bounds(before) };
    if (!possible.has('number')) return possible.has('null') ? { type: 'null' } : { not: {} };
    return possible.has('null') ? { anyOf: [numbers, { type: 'null' }] } : numbers;
  }

  /** Only the sign is sure to stay: a number may be stored with more digits than it is compared with, and those count here. */
  function bounds(before: Json): { readonly [keyword: string]: Json } {
    if (!isObject(before) || Object.hasOwn(before, '$ref')) return {};
    const [least, most] = [own(before, 'minimum'), own(before, 'maximum')];
    return {
      ...(typeof least === 'number' && least >= 0 ? { minimum: 0 } : {}),
      ...(typeof most === 'number' && most <= 0 ? { maximum: 0 } : {}),
    };
  }
}
