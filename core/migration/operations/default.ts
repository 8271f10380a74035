import { type Json, own } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { literalSchema } from '../literal-schema.ts';
import { changeParent, hasParentSql, type Member, memberAt, valueSql, withMember, withValueSql } from '../member.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { quoteJsonb } from '../sql-literal.ts';

/**
 * `default: { at: /policy_number, value: UNASSIGNED }` adds a member where it is missing. A member that is null is there,
 * and stays null. A missing parent stays missing: the member of an optional object is only wanted where the object is.
 */
export const defaultKind = defineKind<{ at: string; value: Json }>({
  name: 'default',
  arguments: {
    type: 'object',
    required: ['at', 'value'],
    properties: { at: addressSchema, value: {} },
    additionalProperties: false,
  },
  create: ({ at, value }) => defaultTo(memberAt(at), value),
});

export function defaultTo(member: Member, value: Json): Operation {
  const missing = (document: string) => `${hasParentSql(member, document)} AND ${valueSql(member, document)} IS NULL`;
  return {
    name: 'default',
    source: { default: { at: member.pointer, value } },
    summary: `default ${member.label} to ${JSON.stringify(value)}`,
    apply: (record) =>
      changeParent(record, member, (parent) =>
        own(parent, member.name) === undefined ? withMember(parent, member.name, value) : parent,
      ),
    toSql: (document) =>
      `CASE WHEN ${missing(document)} THEN ${withValueSql(member, document, quoteJsonb(value))} ELSE ${document} END`,
    inverse: { loses: `which records lacked ${member.label}` },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent) => {
        const state = parent.state(member.name);
        const given = literalSchema(value);
        if (state.presence === 'always') return parent;
        const either = state.presence === 'never' ? given : { anyOf: [state.schema, given] };
        return parent.with(member.name, { presence: 'always', schema: either });
      }),
  };
}
