import type { Json } from '../schema/json.ts';
import { type Member, memberAt } from './member.ts';
import type { Operation } from './operation.ts';
import { addressSchema, defineKind, type OperationKind } from './operation-kind.ts';

/** The ways in which an operation that writes a member is told the value. */
interface ValueWays {
  /** A constant. */
  value(member: Member, value: Json): Operation;
  /** What another member has. */
  from(member: Member, source: Member): Operation;
  /** What the database computes; the expression is checked by then. */
  sql(member: Member, expression: string): Operation;
}

/** The kind of an operation `{ at, value | from | sql }`, with exactly one of the three. */
export function defineValueKind(name: string, ways: ValueWays): OperationKind {
  return defineKind<{ at: string } & ({ value: Json } | { from: string } | { sql: string })>({
    name,
    arguments: {
      type: 'object',
      required: ['at'],
      properties: { at: addressSchema, value: {}, from: addressSchema, sql: { type: 'string' } },
      additionalProperties: false,
    },
    expressionIn: 'sql',
    problem: (given) =>
      ['value', 'from', 'sql'].filter((way) => Object.hasOwn(given, way)).length === 1
        ? undefined
        : { at: '', problem: 'It needs either `value`, `from` or `sql`', remedy: 'Give one of them' },
    create(given) {
      const member = memberAt(given.at);
      if ('value' in given) return ways.value(member, given.value);
      return 'from' in given ? ways.from(member, memberAt(given.from)) : ways.sql(member, given.sql);
    },
  });
}
