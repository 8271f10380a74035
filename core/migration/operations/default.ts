import { type Json, type JsonObject, own } from '../../schema/json.ts';
import {
  databaseEffect,
  databasePrecondition,
  databaseValueSql,
  describeExpression,
  refuseInJavaScript,
} from '../database-value.ts';
import { editParent } from '../effect.ts';
import { literalSchema } from '../literal-schema.ts';
import { changeParent, hasParentSql, type Member, readMember, valueSql, withMember, withValueSql } from '../member.ts';
import type { MemberState } from '../object-schema.ts';
import type { Operation } from '../operation.ts';
import { readState } from '../read-state.ts';
import { quoteJsonb } from '../sql-literal.ts';
import { defineValueKind } from '../value-source.ts';

/**
 * `default: { at: /policy_number, value: UNASSIGNED }` adds a member where it is missing; `default: { at: /payer, from:
 * /holder }` with the value that another member has, if it has one. A member that is null is there, and stays null. A
 * missing parent stays missing: the member of an optional object is only wanted where the object is. With `sql` in place of
 * the two, the database computes the value.
 */
export const defaultKind = defineValueKind('default', { value: defaultTo, from: defaultFrom, sql: defaultBySql });

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
      const read = readState(schema, source);
      if ('unknown' in read) return read;
      const given = read.state;
      return editParent(schema, member, [member.name], (parent) =>
        parent.with(member.name, filled(parent.state(member.name), given)),
      );
    },
  };
}

/** `expression`: checked by `checkExpression`. */
export function defaultBySql(member: Member, expression: string): Operation {
  const isMissing = (parent: JsonObject) => own(parent, member.name) === undefined;
  return {
    name: 'default',
    source: { default: { at: member.pointer, sql: expression } },
    summary: `default ${member.label} to ${describeExpression(expression)}`,
    apply: (record) =>
      changeParent(record, member, (parent) => (isMissing(parent) ? refuseInJavaScript(member) : parent)),
    toSql(document) {
      const missing = `${hasParentSql(member, document)} AND ${valueSql(member, document)} IS NULL`;
      const given = databaseValueSql(document, expression);
      return `CASE WHEN ${missing} THEN ${withValueSql(member, document, given)} ELSE ${document} END`;
    },
    accepts: databasePrecondition(member),
    inverse: { loses: `which records lacked ${member.label}` },
    effect: () => databaseEffect,
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
