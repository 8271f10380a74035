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
import { split } from './split.ts';

/**
 * `join: { at: /tags, on: ',' }` makes one text of a list of texts: `[a, b]` → `a,b`. Null and a missing member stay as they
 * are. An empty list, and a text with the separator in it, are refused: they could not be told from others afterwards.
 */
export const joinKind = defineKind<{ at: string; on: string }>({
  name: 'join',
  arguments: {
    type: 'object',
    required: ['at', 'on'],
    properties: { at: addressSchema, on: separatorSchema },
    additionalProperties: false,
  },
  problem: separatorProblem,
  create: ({ at, on }) => join(memberAt(at), on),
});

export function join(member: Member, on: string): Operation {
  const separator = `${quoteText(on)}::text`;
  return {
    name: 'join',
    source: { join: { at: member.pointer, on } },
    summary: `join ${member.label} with ${JSON.stringify(on)}`,
    ...changeValue(member, {
      convert: (value) => (value === null ? null : isJoinable(value, on) ? value.join(on) : undefined),
      sql(value) {
        const items = `jsonb_array_elements(CASE jsonb_typeof(${value}) WHEN 'array' THEN ${value} ELSE '[]'::jsonb END) WITH ORDINALITY AS items (item, place)`;
        const text = `item #>> '{}'`;
        // bool_and over no items is NULL, so that an empty list has no text.
        const joined = `SELECT CASE WHEN bool_and(jsonb_typeof(item) = 'string' AND strpos(${text}, ${separator}) = 0) THEN to_jsonb(string_agg(${text}, ${separator} ORDER BY place)) END FROM ${items}`;
        return `CASE jsonb_typeof(${value}) WHEN 'null' THEN ${value} ELSE (${joined}) END`;
      },
      refusal: 'is not a list of texts that can be told apart when joined',
    }),
    accepts: {
      schema: membersSchema(member.segments, {
        anyOf: [
          { type: 'array', minItems: 1, items: { type: 'string', pattern: `^[^${classOf(on)}]*$` } },
          { type: 'null' },
        ],
      }),
      statement: `every ${member.label} is a list of one or more texts without ${JSON.stringify(on)}`,
    },
    get inverse() {
      return { operation: split(member, on) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent, resolve) => {
        const state = parent.state(member.name);
        if (state.presence === 'never') return parent;
        const type: Json = possibleTypes(resolve(state.schema)).has('null') ? ['string', 'null'] : 'string';
        return parent.with(member.name, { ...state, schema: { type } });
      }),
  };
}

function isJoinable(value: Json, on: string): value is readonly string[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && !item.includes(on))
  );
}

/** The separator's first character inside a character class: a text without it is without the separator. */
function classOf(on: string): string {
  const [first = ''] = on;
  return /[\]\\^-]/.test(first) ? `\\${first}` : first;
}
