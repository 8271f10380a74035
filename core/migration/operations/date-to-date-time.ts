import { datePattern, dateTimePattern, timeSchema } from '../date-text.ts';
import { editParent } from '../effect.ts';
import { possibleTypes } from '../json-types.ts';
import { type Member, memberAt } from '../member.ts';
import { changeValue } from '../member-value.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { quoteText } from '../sql-literal.ts';
import { dateTimeToDate } from './date-time-to-date.ts';

/** Midnight, in the only zone that nobody has to explain. */
export const midnight = '00:00:00Z';

/**
 * `date-to-date-time: { at: /admission_date, time: '00:00:00Z' }` makes `2025-01-15T00:00:00Z` of `2025-01-15`. Null and a
 * missing member stay as they are; anything else, 30 February too, is refused.
 */
export const dateToDateTimeKind = defineKind<{ at: string; time?: string }>({
  name: 'date-to-date-time',
  arguments: {
    type: 'object',
    required: ['at'],
    properties: { at: addressSchema, time: timeSchema },
    additionalProperties: false,
  },
  create: ({ at, time }) => dateToDateTime(memberAt(at), time),
});

export function dateToDateTime(member: Member, time = midnight): Operation {
  const date = new RegExp(`^${datePattern}$`);
  const dates = { type: 'string', pattern: date.source };
  const dateTimes = { type: 'string', format: 'date-time', pattern: dateTimePattern(time) };
  return {
    name: 'date-to-date-time',
    source: { 'date-to-date-time': { at: member.pointer, time } },
    summary: `make ${member.label} a date-time at ${time}`,
    ...changeValue(member, {
      convert: (value) =>
        value === null ? null : typeof value === 'string' && date.test(value) ? `${value}T${time}` : undefined,
      sql: (value, text) =>
        `CASE jsonb_typeof(${value}) WHEN 'null' THEN ${value} WHEN 'string' THEN CASE WHEN ${text} COLLATE "C" ~ ${quoteText(date.source)} THEN to_jsonb(${text} || ${quoteText(`T${time}`)}) END END`,
      refusal: 'is not a day of the calendar',
    }),
    accepts: {
      schema: membersSchema(member.segments, { anyOf: [dates, { type: 'null' }] }),
      statement: `every ${member.label} is a day of the calendar (YYYY-MM-DD)`,
    },
    get inverse() {
      return { operation: dateTimeToDate(member, time) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const nullable = possibleTypes(resolve(state.schema)).has('null');
        const after = nullable ? { anyOf: [dateTimes, { type: 'null' }] } : dateTimes;
        return parent.with(member.name, { ...state, schema: after });
      }),
  };
}
