import type { Json } from '../../schema/json.ts';
import { ConversionError } from '../conversion-error.ts';
import { editParent } from '../effect.ts';
import {
  changeParent,
  hasParentSql,
  type Member,
  memberAt,
  readMember,
  valueSql,
  withMember,
  withoutMember,
  withoutSql,
  withValueSql,
} from '../member.ts';
import { membersSchema, presentSchema } from '../members-schema.ts';
import type { MemberState } from '../object-schema.ts';
import type { Effect, Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';

/**
 * `move: { at: /city, to: /address/city }` takes a member to another object, with or without another name. The object
 * must be there (`default` can put an empty one there first), and must not have such a member: as for a rename, one of
 * two values would be lost.
 */
export const moveKind = defineKind<{ at: string; to: string }>({
  name: 'move',
  arguments: {
    type: 'object',
    required: ['at', 'to'],
    properties: { at: addressSchema, to: addressSchema },
    additionalProperties: false,
  },
  problem: ({ at, to }) =>
    `${to}/`.startsWith(`${at}/`) || `${at}/`.startsWith(`${to}/`)
      ? { at: '/to', problem: 'One of the two places lies inside the other', remedy: 'Name a place outside of it' }
      : undefined,
  create: ({ at, to }) => move(memberAt(at), memberAt(to)),
});

export function move(member: Member, target: Member): Operation {
  const targetParent = target.segments.slice(0, -1);
  return {
    name: 'move',
    source: { move: { at: member.pointer, to: target.pointer } },
    summary: `move ${member.label} to ${target.label}`,
    apply(record) {
      if (readMember(record, target) !== undefined) throw new ConversionError(target.pointer, 'is there already');
      const value = readMember(record, member);
      if (value === undefined) return record;
      const without = changeParent(record, member, (parent) => withoutMember(parent, member.name));
      const moved = changeParent(without, target, (parent) => withMember(parent, target.name, value));
      if (moved === without) throw new ConversionError(target.pointer, 'has no object to be in');
      return moved;
    },
    toSql(document) {
      const value = valueSql(member, document);
      const moved = withValueSql(target, withoutSql(member, document), value);
      return `CASE WHEN ${valueSql(target, document)} IS NOT NULL THEN NULL WHEN ${value} IS NULL THEN ${document} WHEN ${hasParentSql(target, document)} THEN ${moved} END`;
    },
    accepts: {
      schema: {
        allOf: [
          membersSchema(target.segments, { not: {} }),
          { anyOf: [{ not: presentSchema(member.segments, {}) }, presentSchema(targetParent, { type: 'object' })] },
        ],
      },
      statement: `no record has ${target.label} already, and every record with ${member.label} has an object for it`,
    },
    // A getter, since the inverse of a move is a move, without end.
    get inverse() {
      return { operation: move(target, member) };
    },
    effect: (schema) => effect(schema, member, target),
  };
}

function effect(schema: Json, member: Member, target: Member): Effect {
  const states: MemberState[] = [];
  const without = editParent(schema, member, [member.name], (parent) => {
    states.push(parent.state(member.name));
    return parent.with(member.name, { presence: 'never' });
  });
  if ('unknown' in without) return without;
  // Several, where the schema has branches.
  const there = states.filter((state) => state.presence !== 'never');
  const [first, ...others] = there.map(({ schema }) => schema);
  if (first === undefined) return without;
  // A member of the record itself that is always there is there whenever the target's object is; of others it is not asked.
  const always = member.segments.length === 1 && states.every(({ presence }) => presence === 'always');
  const moved: MemberState = {
    presence: always ? 'always' : 'maybe',
    schema: others.length === 0 ? first : { anyOf: [first, ...others] },
  };
  return editParent(without.schema, target, [target.name], (parent) => parent.with(target.name, moved));
}
