import { datePattern, dateTimePattern, timeSchema } from '../date-text.ts';
import { editParent } from '../effect.ts';
import { possibleTypes } from '../json-types.ts';
import { type Member, memberAt } from '../member.ts';
import { changeValue } from '../member-value.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { quoteText } from '../sql-literal.ts';
import { dateToDateTime, midnight } from './date-to-date-time.ts';

/**
 * `date-time-to-date: { at: /admission_date, time: '00:00:00Z' }` makes `2025-01-15` of `2025-01-15T00:00:00Z`. Only
 * date-times of exactly this time and offset are taken: of any other, the time would be lost. Null stays null.
 */
export const dateTimeToDateKind = defineKind<{ at: string; time?: string }>({
  name: 'date-time-to-date',
  arguments: {
    type: 'object',
    required: ['at'],
    properties: { at: addressSchema, time: timeSchema },
    additionalProperties: false,
  },
  create: ({ at, time }) => dateTimeToDate(memberAt(at), time),
});

export function dateTimeToDate(member: Member, time = midnight): Operation {
  const dateTime = new RegExp(dateTimePattern(time));
  const dates = { type: 'string', format: 'date', pattern: `^${datePattern}$` };
  return {
    name: 'date-time-to-date',
    source: { 'date-time-to-date': { at: member.pointer, time } },
    summary: `make ${member.label} a date, where its time is ${time}`,
    ...changeValue(member, {
      convert: (value) =>
        value === null ? null : typeof value === 'string' && dateTime.test(value) ? value.slice(0, 10) : undefined,
      sql: (value, text) =>
        `CASE jsonb_typeof(${value}) WHEN 'null' THEN ${value} WHEN 'string' THEN CASE WHEN ${text} COLLATE "C" ~ ${quoteText(dateTime.source)} THEN to_jsonb(left(${text}, 10)) END END`,
      refusal: 'is not a date-time of the one time of day',
    }),
    accepts: {
      schema: membersSchema(member.segments, {
        anyOf: [{ type: 'string', pattern: dateTime.source }, { type: 'null' }],
      }),
      statement: `every ${member.label} is a date-time at ${time}`,
    },
    get inverse() {
      return { operation: dateToDateTime(member, time) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const nullable = possibleTypes(resolve(state.schema)).has('null');
        return parent.with(member.name, { ...state, schema: nullable ? { anyOf: [dates, { type: 'null' }] } : dates });
      }),
  };
}
