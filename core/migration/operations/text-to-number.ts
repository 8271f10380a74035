import { editParent } from '../effect.ts';
import { possibleTypes } from '../json-types.ts';
import type { Member } from '../member.ts';
import { changeValue } from '../member-value.ts';
import { membersSchema } from '../members-schema.ts';
import {
  defineSpellingKind,
  exampleOf,
  type NumberSpelling,
  readSpelled,
  readSpelledSql,
  spelledPattern,
} from '../number-spelling.ts';
import type { Operation } from '../operation.ts';
import { numberToText } from './number-to-text.ts';

/**
 * `text-to-number: { at: /price, decimal: ',', group: '.' }` makes the number 1234.50 of the text `1.234,50`. Only the one
 * spelling with groups of three digits and without leading zeros is taken, so that the way back is exact. Null stays null.
 */
export const textToNumberKind = defineSpellingKind('text-to-number', textToNumber);

export function textToNumber(member: Member, spelling: NumberSpelling): Operation {
  const texts = { type: 'string', maxLength: 300, pattern: spelledPattern(spelling) };
  return {
    name: 'text-to-number',
    source: { 'text-to-number': { at: member.pointer, ...spelling } },
    summary: `read ${member.label} as a number written like ${exampleOf(spelling)}`,
    ...changeValue(member, {
      convert(value) {
        if (value === null) return null;
        const plain = typeof value === 'string' ? readSpelled(value, spelling) : undefined;
        return plain === undefined ? undefined : Number(plain);
      },
      sql: (value, text) =>
        `CASE jsonb_typeof(${value}) WHEN 'null' THEN ${value} WHEN 'string' THEN to_jsonb(${readSpelledSql(text, spelling)}) END`,
      refusal: 'is not a number as text in this spelling',
    }),
    accepts: {
      schema: membersSchema(member.segments, { anyOf: [texts, { type: 'null' }] }),
      statement: `every ${member.label} is a number as text, written like ${exampleOf(spelling)}`,
    },
    get inverse() {
      return { operation: numberToText(member, spelling) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const nullable = possibleTypes(resolve(state.schema)).has('null');
        return parent.with(member.name, { ...state, schema: { type: nullable ? ['number', 'null'] : 'number' } });
      }),
  };
}
