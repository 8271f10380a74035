import { type Member, memberAt } from '../member.ts';
import { changeNumber } from '../member-number.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';

/**
 * `round: { at: /amount, digits: 2 }` rounds a number to so many digits after the point, halves away from zero: 2.675 →
 * 2.68, -0.5 → -1. Null and a missing member stay as they are; what is no number is refused.
 */
export const roundKind = defineKind<{ at: string; digits: number }>({
  name: 'round',
  arguments: {
    type: 'object',
    required: ['at', 'digits'],
    properties: { at: addressSchema, digits: { type: 'integer', minimum: 0, maximum: 30 } },
    additionalProperties: false,
  },
  create: ({ at, digits }) => round(memberAt(at), digits),
});

export function round(member: Member, digits: number): Operation {
  return {
    name: 'round',
    source: { round: { at: member.pointer, digits } },
    summary: `round ${member.label} to ${digits === 0 ? 'whole numbers' : `${digits} digit${digits === 1 ? '' : 's'}`}`,
    ...changeNumber(member, {
      digits: (text) => rounded(text, digits),
      // No digits are added, and no noughts left over: the text of the result is the one that JavaScript writes.
      sql: (numeric) =>
        `CASE WHEN scale(${numeric}) <= ${digits} THEN ${numeric} ELSE trim_scale(round(${numeric}, ${digits})) END`,
      whole: (before) => before || digits === 0,
    }),
    accepts: {
      schema: membersSchema(member.segments, { type: ['number', 'null'] }),
      statement: `every ${member.label} is a number`,
    },
    inverse: { loses: `the digits of ${member.label} that are rounded away` },
  };
}

function rounded(text: string, digits: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length <= digits) return text;
  const kept = whole + fraction.slice(0, digits);
  const sign = kept.startsWith('-') ? '-' : '';
  const up = (fraction[digits] ?? '0') >= '5' ? 1n : 0n;
  const magnitude = String(BigInt(kept.slice(sign.length)) + up).padStart(digits + 1, '0');
  const point = magnitude.length - digits;
  return `${sign}${magnitude.slice(0, point)}${digits === 0 ? '' : `.${magnitude.slice(point)}`}`;
}
