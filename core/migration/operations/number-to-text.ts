import { editParent } from '../effect.ts';
import { possibleTypes } from '../json-types.ts';
import type { Member } from '../member.ts';
import { changeValue } from '../member-value.ts';
import { membersSchema } from '../members-schema.ts';
import {
  defineSpellingKind,
  exampleOf,
  type NumberSpelling,
  spell,
  spelledPattern,
  spellSql,
} from '../number-spelling.ts';
import type { Operation } from '../operation.ts';
import { textToNumber } from './text-to-number.ts';

/**
 * `number-to-text: { at: /price, decimal: ',', group: '.' }` writes the number 1234.50 as the text `1.234,50`, with all
 * digits that the database keeps of it. Null and a missing member stay as they are; what is no number is refused.
 */
export const numberToTextKind = defineSpellingKind('number-to-text', numberToText);

export function numberToText(member: Member, spelling: NumberSpelling): Operation {
  // Not the texts of listed numbers: 1.5 may be stored as 1.50, which is the same number and another text.
  const texts = { type: 'string', pattern: spelledPattern(spelling) };
  return {
    name: 'number-to-text',
    source: { 'number-to-text': { at: member.pointer, ...spelling } },
    summary: `write ${member.label} as text like ${exampleOf(spelling)}`,
    ...changeValue(member, {
      convert: (value) => (value === null ? null : typeof value === 'number' ? spell(value, spelling) : undefined),
      sql: (value, text) =>
        `CASE jsonb_typeof(${value}) WHEN 'null' THEN ${value} WHEN 'number' THEN to_jsonb(${spellSql(text, spelling)}) END`,
      refusal: 'is not a number that can be written as text',
    }),
    accepts: {
      schema: membersSchema(member.segments, { type: ['number', 'null'] }),
      statement: `every ${member.label} is a number`,
    },
    get inverse() {
      return { operation: textToNumber(member, spelling) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const nullable = possibleTypes(resolve(state.schema)).has('null');
        return parent.with(member.name, { ...state, schema: nullable ? { anyOf: [texts, { type: 'null' }] } : texts });
      }),
  };
}
