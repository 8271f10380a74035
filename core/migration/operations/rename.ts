import { own } from '../../schema/json.ts';
import { ConversionError } from '../conversion-error.ts';
import { editParent } from '../effect.ts';
import {
  changeParent,
  type Member,
  memberAt,
  sibling,
  valueSql,
  withMember,
  withoutMember,
  withoutSql,
  withValueSql,
} from '../member.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind, nameSchema } from '../operation-kind.ts';

/**
 * `rename: { at: /policy_no, to: policy_number }` gives a member another name in the same object. A record that has a
 * member of the new name already is refused: taking one of the two values would lose the other, and on the way back
 * nobody could tell which records had which name.
 */
export const renameKind = defineKind<{ at: string; to: string }>({
  name: 'rename',
  arguments: {
    type: 'object',
    required: ['at', 'to'],
    properties: { at: addressSchema, to: nameSchema },
    additionalProperties: false,
  },
  problem: ({ at, to }) =>
    memberAt(at).name === to
      ? { at: '/to', problem: 'The new name is the old one', remedy: 'Give another name, or leave the operation out' }
      : undefined,
  create: ({ at, to }) => rename(memberAt(at), to),
});

export function rename(member: Member, name: string): Operation {
  const target = sibling(member, name);
  return {
    name: 'rename',
    source: { rename: { at: member.pointer, to: name } },
    summary: `rename ${member.label} to ${name}`,
    apply: (record) =>
      changeParent(record, member, (parent) => {
        if (own(parent, name) !== undefined) throw new ConversionError(target.pointer, 'is there already');
        const value = own(parent, member.name);
        return value === undefined ? parent : withMember(withoutMember(parent, member.name), name, value);
      }),
    toSql(document) {
      const value = valueSql(member, document);
      const renamed = withValueSql(target, withoutSql(member, document), value);
      return `CASE WHEN ${valueSql(target, document)} IS NOT NULL THEN NULL WHEN ${value} IS NOT NULL THEN ${renamed} ELSE ${document} END`;
    },
    accepts: {
      schema: membersSchema(target.segments, { not: {} }),
      statement: `no record has ${target.label} already`,
    },
    // A getter, since the inverse of a rename is a rename, without end.
    get inverse() {
      return { operation: rename(target, member.name) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name, name], (parent) =>
        parent.with(name, parent.state(member.name)).with(member.name, { presence: 'never' }),
      ),
  };
}
