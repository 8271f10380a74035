import type { Json } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { possibleTypes } from '../json-types.ts';
import { type Member, memberAt } from '../member.ts';
import { changeValue } from '../member-value.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { separatorProblem, separatorSchema } from '../separator.ts';
import { quoteText } from '../sql-literal.ts';
import { join } from './join.ts';

/**
 * `split: { at: /tags, on: ',' }` makes a list of the parts of a text: `a,b` → `[a, b]`, the empty text → `['']`. Null and
 * a missing member stay as they are; anything else that is no text is refused.
 */
export const splitKind = defineKind<{ at: string; on: string }>({
  name: 'split',
  arguments: {
    type: 'object',
    required: ['at', 'on'],
    properties: { at: addressSchema, on: separatorSchema },
    additionalProperties: false,
  },
  problem: separatorProblem,
  create: ({ at, on }) => split(memberAt(at), on),
});

export function split(member: Member, on: string): Operation {
  const separator = `${quoteText(on)}::text`;
  return {
    name: 'split',
    source: { split: { at: member.pointer, on } },
    summary: `split ${member.label} on ${JSON.stringify(on)}`,
    ...changeValue(member, {
      convert: (value) => (value === null ? null : typeof value === 'string' ? value.split(on) : undefined),
      // PostgreSQL makes no part at all of the empty text.
      sql: (value, text) =>
        `CASE jsonb_typeof(${value}) WHEN 'null' THEN ${value} WHEN 'string' THEN CASE WHEN ${text} = '' THEN '[""]'::jsonb ELSE to_jsonb(string_to_array(${text}, ${separator})) END END`,
      refusal: 'is not a text',
    }),
    accepts: {
      schema: membersSchema(member.segments, { type: ['string', 'null'] }),
      statement: `every ${member.label} is a text`,
    },
    get inverse() {
      return { operation: join(member, on) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        return parent.with(member.name, { ...state, schema: orNull(listOfText, resolve(state.schema)) });
      }),
  };
}

const listOfText: Json = { type: 'array', items: { type: 'string' }, minItems: 1 };

function orNull(schema: Json, before: Json): Json {
  return possibleTypes(before).has('null') ? { anyOf: [schema, { type: 'null' }] } : schema;
}
