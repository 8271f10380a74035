import { type Member, memberAt } from '../member.ts';
import { changeNumber } from '../member-number.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';

/**
 * `shift-decimals: { at: /amount, by: 2 }` multiplies a number by 100, `by: -2` divides it, to the last digit: euros become
 * cents and cents euros. Null and a missing member stay as they are; what is no number is refused.
 */
export const shiftDecimalsKind = defineKind<{ at: string; by: number }>({
  name: 'shift-decimals',
  arguments: {
    type: 'object',
    required: ['at', 'by'],
    properties: { at: addressSchema, by: { type: 'integer', minimum: -30, maximum: 30 } },
    additionalProperties: false,
  },
  problem: ({ by }) =>
    by === 0 ? { at: '/by', problem: 'It shifts by nothing', remedy: 'Leave the operation out' } : undefined,
  create: ({ at, by }) => shiftDecimals(memberAt(at), by),
});

/** `by`: places to the left that the decimal point is away from where it is then; not 0. */
export function shiftDecimals(member: Member, by: number): Operation {
  const factor = by > 0 ? `1${'0'.repeat(by)}` : `0.${'0'.repeat(-by - 1)}1`;
  const most = by > 0 ? `1e${300 - by}` : undefined;
  const range = most === undefined ? {} : { minimum: -Number(most), maximum: Number(most) };
  return {
    name: 'shift-decimals',
    source: { 'shift-decimals': { at: member.pointer, by } },
    summary: `${by > 0 ? 'multiply' : 'divide'} ${member.label} by 1${'0'.repeat(Math.abs(by))}`,
    ...changeNumber(member, {
      digits: (text) => shifted(text, by),
      sql: (numeric) => shiftedSql(numeric, `${factor}::numeric`),
      whole: (before) => before && by > 0,
    }),
    accepts: {
      schema: membersSchema(member.segments, { anyOf: [{ type: 'number', ...range }, { type: 'null' }] }),
      statement: `every ${member.label} is a number${most === undefined ? '' : ` up to ${most}`}`,
    },
    get inverse() {
      return { operation: shiftDecimals(member, -by) };
    },
  };
}

function shifted(text: string, by: number): string {
  const sign = text.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = text.slice(sign.length).split('.');
  const digits = whole + fraction;
  const point = whole.length + by;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point) || '0'}`;
}

/** With as many noughts behind the last digit as before, so that the way back gives 1.50 for 1.50, and 1.5 for 1.5. */
function shiftedSql(numeric: string, factor: string): string {
  return `round(${numeric} * ${factor}, min_scale(${numeric} * ${factor}) + scale(${numeric}) - min_scale(${numeric}))`;
}
