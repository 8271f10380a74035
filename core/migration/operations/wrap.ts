import { type Json, own } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { changeParent, type Member, memberAt, valueSql, withMember, withValueSql } from '../member.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind, nameSchema } from '../operation-kind.ts';
import { quoteText } from '../sql-literal.ts';
import { unwrap } from './unwrap.ts';

/**
 * `wrap: { at: /phone }` makes a list of one of a value; `wrap: { at: /price, as: amount }` an object with one member.
 * A missing member stays missing; null is a value like any other.
 */
export const wrapKind = defineKind<{ at: string; as?: string }>({
  name: 'wrap',
  arguments: {
    type: 'object',
    required: ['at'],
    properties: { at: addressSchema, as: nameSchema },
    additionalProperties: false,
  },
  create: ({ at, as }) => wrap(memberAt(at), as),
});

/** In an object with the member `as`; without, in a list. */
export function wrap(member: Member, as?: string): Operation {
  return {
    name: 'wrap',
    source: { wrap: { at: member.pointer, ...(as === undefined ? {} : { as }) } },
    summary: as === undefined ? `wrap ${member.label} in a list` : `wrap ${member.label} in an object as ${as}`,
    apply: (record) =>
      changeParent(record, member, (parent) => {
        const value = own(parent, member.name);
        if (value === undefined) return parent;
        return withMember(parent, member.name, as === undefined ? [value] : withMember({}, as, value));
      }),
    toSql(document) {
      const value = valueSql(member, document);
      const wrapped =
        as === undefined ? `jsonb_build_array(${value})` : `jsonb_build_object(${quoteText(as)}::text, ${value})`;
      return `CASE WHEN ${value} IS NULL THEN ${document} ELSE ${withValueSql(member, document, wrapped)} END`;
    },
    get inverse() {
      return { operation: unwrap(member, as) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent) => {
        const state = parent.state(member.name);
        return state.presence === 'never'
          ? parent
          : parent.with(member.name, { ...state, schema: wrapped(state.schema, as) });
      }),
  };
}

function wrapped(schema: Json, as: string | undefined): Json {
  if (as === undefined) return { type: 'array', items: schema, minItems: 1, maxItems: 1 };
  return { type: 'object', properties: withMember({}, as, schema), required: [as], additionalProperties: false };
}
