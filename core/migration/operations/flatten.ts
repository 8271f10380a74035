import { isObject, type Json, own } from '../../schema/json.ts';
import { ConversionError } from '../conversion-error.ts';
import { editParent } from '../effect.ts';
import {
  changeParent,
  hasParentSql,
  type Member,
  memberAt,
  parentSql,
  sibling,
  valueSql,
  withoutMember,
  withParentSql,
} from '../member.ts';
import { membersSchema } from '../members-schema.ts';
import { type MemberState, objectSchema } from '../object-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { siblingNamesProblem, siblingNamesSchema } from '../sibling-names.ts';
import { quotePath, quoteText } from '../sql-literal.ts';
import { nest } from './nest.ts';

/**
 * `flatten: { at: /address, members: [street, city] }` puts the members of an object beside it and takes the object away.
 * An object with other members, or with none, is refused, and so is a record that has one of the names beside it already:
 * something would be lost.
 */
export const flattenKind = defineKind<{ at: string; members: readonly string[] }>({
  name: 'flatten',
  arguments: {
    type: 'object',
    required: ['at', 'members'],
    properties: { at: addressSchema, members: siblingNamesSchema },
    additionalProperties: false,
  },
  problem: siblingNamesProblem,
  create: ({ at, members }) => flatten(memberAt(at), members),
});

/** `names`: what may be in the object; the member itself has none of them. */
export function flatten(member: Member, names: readonly string[]): Operation {
  return {
    name: 'flatten',
    source: { flatten: { at: member.pointer, members: names } },
    summary: `take ${names.join(', ')} out of ${member.label}`,
    apply: (record) =>
      changeParent(record, member, (parent) => {
        const taken = names.find((name) => own(parent, name) !== undefined);
        if (taken !== undefined) throw new ConversionError(sibling(member, taken).pointer, 'is there already');
        const value = own(parent, member.name);
        if (value === undefined) return parent;
        const inside = isObject(value) ? Object.keys(value) : [];
        if (!isObject(value) || inside.length === 0 || !inside.every((name) => names.includes(name)))
          throw new ConversionError(member.pointer, 'is not an object of the listed members only');
        return { ...withoutMember(parent, member.name), ...value };
      }),
    toSql(document) {
      const value = valueSql(member, document);
      const parent = `(${parentSql(member, document)})`;
      const listed = quotePath(names);
      const flat = withParentSql(member, document, `(${parent} - ${quoteText(member.name)}::text) || ${value}`);
      return `CASE WHEN ${hasParentSql(member, document)} THEN CASE
        WHEN jsonb_exists_any(${parent}, ${listed}) THEN NULL
        WHEN ${value} IS NULL THEN ${document}
        WHEN jsonb_typeof(${value}) = 'object' THEN
          CASE WHEN ${value} <> '{}'::jsonb AND ${value} - ${listed} = '{}'::jsonb THEN ${flat} END
        END ELSE ${document} END`;
    },
    accepts: {
      schema: {
        allOf: [
          ...names.map((name) => membersSchema(sibling(member, name).segments, { not: {} })),
          membersSchema(member.segments, {
            type: 'object',
            minProperties: 1,
            properties: Object.fromEntries(names.map((name) => [name, {}])),
            additionalProperties: false,
          }),
        ],
      },
      statement: `every ${member.label} is an object with nothing but ${names.join(', ')}, and none of them is beside it`,
    },
    get inverse() {
      return { operation: nest(member, names) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name, ...names], (parent, resolve) => {
        const outer = parent.state(member.name);
        return names.reduce(
          (so, name) => so.with(name, innerState(outer, name, resolve)),
          parent.with(member.name, { presence: 'never' }),
        );
      }),
  };
}

/** What a member of the object is once it is beside it. */
function innerState(outer: MemberState, name: string, resolve: (schema: Json) => Json): MemberState {
  if (outer.presence === 'never') return outer;
  const object = resolve(outer.schema);
  if (object === false) return { presence: 'never' };
  // What patterns say of the member may be left out: that only makes the effect larger.
  const open = !isObject(object) || Object.hasOwn(object, 'patternProperties');
  const inner: MemberState = open ? { presence: 'maybe', schema: {} } : objectSchema(object).state(name);
  if (inner.presence === 'never') return inner;
  return outer.presence === 'always' ? inner : { ...inner, presence: 'maybe' };
}
