import { type Json, own } from '../../schema/json.ts';
import { ConversionError } from '../conversion-error.ts';
import { editParent } from '../effect.ts';
import {
  changeParent,
  hasParentSql,
  type Member,
  memberAt,
  parentSql,
  valueSql,
  withMember,
  withParentSql,
} from '../member.ts';
import { membersSchema } from '../members-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { siblingNamesProblem, siblingNamesSchema } from '../sibling-names.ts';
import { quotePath, quoteText } from '../sql-literal.ts';
import { flatten } from './flatten.ts';

/**
 * `nest: { at: /address, members: [street, city] }` puts members of an object into a new object beside them. Where none of
 * them is there, nothing is made. A record that has a member of the new name already is refused.
 */
export const nestKind = defineKind<{ at: string; members: readonly string[] }>({
  name: 'nest',
  arguments: {
    type: 'object',
    required: ['at', 'members'],
    properties: { at: addressSchema, members: siblingNamesSchema },
    additionalProperties: false,
  },
  problem: siblingNamesProblem,
  create: ({ at, members }) => nest(memberAt(at), members),
});

/** `names`: of members beside `member`, which is not among them. */
export function nest(member: Member, names: readonly string[]): Operation {
  return {
    name: 'nest',
    source: { nest: { at: member.pointer, members: names } },
    summary: `nest ${names.join(', ')} in ${member.label}`,
    apply: (record) =>
      changeParent(record, member, (parent) => {
        if (own(parent, member.name) !== undefined) throw new ConversionError(member.pointer, 'is there already');
        const [inside, beside] = [true, false].map((wanted) =>
          Object.entries(parent).filter(([name]) => names.includes(name) === wanted),
        );
        return inside === undefined || beside === undefined || inside.length === 0
          ? parent
          : withMember(Object.fromEntries(beside), member.name, Object.fromEntries(inside));
      }),
    toSql(document) {
      const parent = `(${parentSql(member, document)})`;
      const inside = `(SELECT jsonb_object_agg(key, value) FROM jsonb_each(${parent}) WHERE key = ANY (${quotePath(names)}))`;
      const nested = `(${parent} - ${quotePath(names)}) || jsonb_build_object(${quoteText(member.name)}::text, ${inside})`;
      return `CASE WHEN ${hasParentSql(member, document)} THEN CASE
        WHEN ${valueSql(member, document)} IS NOT NULL THEN NULL
        WHEN jsonb_exists_any(${parent}, ${quotePath(names)}) THEN ${withParentSql(member, document, nested)}
        ELSE ${document} END ELSE ${document} END`;
    },
    accepts: {
      schema: membersSchema(member.segments, { not: {} }),
      statement: `no record has ${member.label} already`,
    },
    get inverse() {
      return { operation: flatten(member, names) };
    },
    effect: (schema) =>
      editParent(schema, member, [member.name, ...names], (parent) => {
        const there = names.flatMap((name) => {
          const state = parent.state(name);
          return state.presence === 'never' ? [] : [{ name, ...state }];
        });
        const always = there.filter(({ presence }) => presence === 'always').map(({ name }) => name);
        const emptied = names.reduce((so, name) => so.with(name, { presence: 'never' }), parent);
        if (there.length === 0) return emptied.with(member.name, { presence: 'never' });
        const nested: Json = {
          type: 'object',
          properties: Object.fromEntries(there.map(({ name, schema }) => [name, schema])),
          ...(always.length > 0 ? { required: always } : {}),
          additionalProperties: false,
        };
        return emptied.with(member.name, { presence: always.length > 0 ? 'always' : 'maybe', schema: nested });
      }),
  };
}
