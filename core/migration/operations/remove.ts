import { own } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { changeParent, hasParentSql, type Member, memberAt, withoutMember, withoutSql } from '../member.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';

/** `remove: { at: /fax }` takes a member out of every record that has it. */
export const removeKind = defineKind<{ at: string }>({
  name: 'remove',
  arguments: {
    type: 'object',
    required: ['at'],
    properties: { at: addressSchema },
    additionalProperties: false,
  },
  create: ({ at }) => remove(memberAt(at)),
});

export function remove(member: Member): Operation {
  return {
    name: 'remove',
    source: { remove: { at: member.pointer } },
    summary: `remove ${member.label}`,
    apply: (record) =>
      changeParent(record, member, (parent) =>
        own(parent, member.name) === undefined ? parent : withoutMember(parent, member.name),
      ),
    toSql: (document) =>
      `CASE WHEN ${hasParentSql(member, document)} THEN ${withoutSql(member, document)} ELSE ${document} END`,
    inverse: { loses: `the values of ${member.label}` },
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent) => parent.with(member.name, { presence: 'never' })),
  };
}
