import { type Json, own } from '../../schema/json.ts';
import { editParent } from '../effect.ts';
import { literalSchema } from '../literal-schema.ts';
import {
  changeParent,
  hasParentSql,
  type Member,
  memberAt,
  readMember,
  valueSql,
  withMember,
  withValueSql,
} from '../member.ts';
import type { MemberState } from '../object-schema.ts';
import type { Operation } from '../operation.ts';
import { addressSchema, defineKind } from '../operation-kind.ts';
import { quoteJsonb } from '../sql-literal.ts';

/**
 * `default: { at: /policy_number, value: UNASSIGNED }` adds a member where it is missing; `default: { at: /payer, from:
 * /holder }` with the value that another member has, if it has one. A member that is null is there, and stays null. A
 * missing parent stays missing: the member of an optional object is only wanted where the object is.
 */
export const defaultKind = defineKind<{ at: string } & ({ value: Json } | { from: string })>({
  name: 'default',
  arguments: {
    type: 'object',
    required: ['at'],
    properties: { at: addressSchema, value: {}, from: addressSchema },
    additionalProperties: false,
  },
  problem: (given) =>
    'value' in given === 'from' in given
      ? { at: '', problem: 'It needs either `value` or `from`', remedy: 'Give one of the two' }
      : undefined,
  create: (given) =>
    'value' in given
      ? defaultTo(memberAt(given.at), given.value)
      : defaultFrom(memberAt(given.at), memberAt(given.from)),
});

export function defaultTo(member: Member, value: Json): Operation {
  return {
    name: 'default',
    source: { default: { at: member.pointer, value } },
    summary: `default ${member.label} to ${JSON.stringify(value)}`,
    ...addMissing(
      member,
      () => value,
      () => quoteJsonb(value),
    ),
    effect: (schema) =>
      editParent(schema, member, [member.name], (parent) =>
        parent.with(
          member.name,
          filled(parent.state(member.name), { presence: 'always', schema: literalSchema(value) }),
        ),
      ),
  };
}

export function defaultFrom(member: Member, source: Member): Operation {
  return {
    name: 'default',
    source: { default: { at: member.pointer, from: source.pointer } },
    summary: `default ${member.label} to what ${source.label} is`,
    ...addMissing(
      member,
      (record) => readMember(record, source),
      (document) => valueSql(source, document),
    ),
    effect(schema) {
      const states: MemberState[] = [];
      const read = editParent(schema, source, [source.name], (parent) => {
        states.push(parent.state(source.name));
        return parent;
      });
      if ('unknown' in read) return read;
      const there = states.flatMap((state) => (state.presence === 'never' ? [] : [state.schema]));
      // Only of a member of the record itself it is known that it is there.
      const always = source.segments.length === 1 && states.every(({ presence }) => presence === 'always');
      if (there.length === 0) return read;
      const given: MemberState = { presence: always ? 'always' : 'maybe', schema: { anyOf: there } };
      return editParent(schema, member, [member.name], (parent) =>
        parent.with(member.name, filled(parent.state(member.name), given)),
      );
    },
  };
}

/** `value`: undefined, and NULL in SQL, where there is none to add. */
function addMissing(
  member: Member,
  value: (record: Json) => Json | undefined,
  sql: (document: string) => string,
): Pick<Operation, 'apply' | 'toSql' | 'inverse'> {
  return {
    apply(record) {
      const given = value(record);
      if (given === undefined) return record;
      return changeParent(record, member, (parent) =>
        own(parent, member.name) === undefined ? withMember(parent, member.name, given) : parent,
      );
    },
    toSql(document) {
      const given = sql(document);
      const missing = `${hasParentSql(member, document)} AND ${valueSql(member, document)} IS NULL AND ${given} IS NOT NULL`;
      return `CASE WHEN ${missing} THEN ${withValueSql(member, document, given)} ELSE ${document} END`;
    },
    inverse: { loses: `which records lacked ${member.label}` },
  };
}

/** A member after what was missing is there. */
function filled(state: MemberState, given: MemberState): MemberState {
  if (state.presence === 'always' || given.presence === 'never') return state;
  if (state.presence === 'never') return given;
  return { presence: given.presence, schema: { anyOf: [state.schema, given.schema] } };
}
