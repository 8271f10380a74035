import { type Json, own } from '../schema/json.ts';
import { ConversionError } from './conversion-error.ts';
import { changeParent, type Member, textSql, valueSql, withMember, withValueSql } from './member.ts';
import type { Operation } from './operation.ts';

/** How the value of one member becomes another, wherever the member is there. */
export interface ValueChange {
  /** The new value, or undefined where this value has none. */
  convert(value: Json): Json | undefined;
  /** The same in SQL, given the value as jsonb and, for a string, as text; NULL where it has none. */
  sql(value: string, text: string): string;
  /** What a value without a new one is, such as `is not a list of strings`. */
  readonly refusal: string;
}

export function changeValue(member: Member, change: ValueChange): Pick<Operation, 'apply' | 'toSql'> {
  return {
    apply: (record) =>
      changeParent(record, member, (parent) => {
        const value = own(parent, member.name);
        if (value === undefined) return parent;
        const converted = change.convert(value);
        if (converted === undefined) throw new ConversionError(member.pointer, change.refusal);
        return withMember(parent, member.name, converted);
      }),
    toSql(document) {
      const value = valueSql(member, document);
      const converted = change.sql(value, textSql(member, document));
      // jsonb_set is strict: where there is no new value, there is no new document.
      return `CASE WHEN ${value} IS NULL THEN ${document} ELSE ${withValueSql(member, document, converted)} END`;
    },
  };
}
