import type { Json } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { literalSchema } from '../literal-schema.ts';
import { changeParent, hasParentSql, type Member, memberAt, withMember, withValueSql } from '../member.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { quoteJsonb } from '../sql-literal.ts';

/**
 * `set: { at: /currency, value: EUR }` gives a member the same value in every record, whatever it was and whether it was
 * there. A missing parent stays missing.
 */
export const setKind = defineKind<{ at: string; value: Json }>({
  name: 'set',
  arguments: {
    type: 'object',
    required: ['at', 'value'],
    properties: { at: addressSchema, value: {} },
    additionalProperties: false,
  },
  create: ({ at, value }) => set(memberAt(at), value),
});

export function set(member: Member, value: Json): Operation {
  return {
    name: 'set',
    source: { set: { at: member.pointer, value } },
    summary: `set ${member.label} to ${JSON.stringify(value)}`,
    apply: (record) => changeParent(record, member, (parent) => withMember(parent, member.name, value)),
    toSql: (document) =>
      `CASE WHEN ${hasParentSql(member, document)} THEN ${withValueSql(member, document, quoteJsonb(value))} ELSE ${document} END`,
    inverse: { loses: `what ${member.label} was before` },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent) =>
        parent.with(member.name, { presence: 'always', schema: literalSchema(value) }),
      ),
  };
}
