import type { Json } from '../../schema/json.ts';
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
import type { Operation } from '../operation.ts';
import { readState } from '../read-state.ts';
import { quoteJsonb } from '../sql-literal.ts';
import { defineValueKind } from '../value-source.ts';

/**
 * `set: { at: /currency, value: EUR }` gives a member the same value in every record, whatever it was and whether it was
 * there; `set: { at: /payer, from: /holder }` the value that another member has, where it has one; `set: { at: /net,
 * sql: "(record ->> 'gross')::numeric / 1.2" }` what the database computes. A missing parent stays missing.
 */
export const setKind = defineValueKind('set', { value: set, from: setFrom, sql: setBySql });

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

export function setFrom(member: Member, source: Member): Operation {
  return {
    name: 'set',
    source: { set: { at: member.pointer, from: source.pointer } },
    summary: `set ${member.label} to what ${source.label} is`,
    apply(record) {
      const given = readMember(record, source);
      if (given === undefined) return record;
      return changeParent(record, member, (parent) => withMember(parent, member.name, given));
    },
    toSql(document) {
      const given = valueSql(source, document);
      const applies = `${hasParentSql(member, document)} AND ${given} IS NOT NULL`;
      return `CASE WHEN ${applies} THEN ${withValueSql(member, document, given)} ELSE ${document} END`;
    },
    inverse: { loses: `what ${member.label} was before` },
    effect(schema) {
      const read = readState(schema, source);
      if ('unknown' in read) return read;
      const { state } = read;
      if (state.presence === 'never') return { schema };
      return editParent(schema, member, [member.name], (parent) => {
        const before = parent.state(member.name);
        if (state.presence === 'always') return parent.with(member.name, state);
        if (before.presence === 'never') return parent.with(member.name, { ...state, presence: 'maybe' });
        return parent.with(member.name, { ...before, schema: { anyOf: [before.schema, state.schema] } });
      });
    },
  };
}

/** `expression`: checked by `checkExpression`. */
export function setBySql(member: Member, expression: string): Operation {
  return {
    name: 'set',
    source: { set: { at: member.pointer, sql: expression } },
    summary: `set ${member.label} to ${describeExpression(expression)}`,
    apply: (record) => changeParent(record, member, () => refuseInJavaScript(member)),
    toSql(document) {
      const given = databaseValueSql(document, expression);
      return `CASE WHEN ${hasParentSql(member, document)} THEN ${withValueSql(member, document, given)} ELSE ${document} END`;
    },
    accepts: databasePrecondition(member),
    inverse: { loses: `what ${member.label} was before` },
    effect: () => databaseEffect,
  };
}
