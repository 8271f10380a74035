import { onOneLine } from '../rendering/visible.ts';
import { recordName } from '../sql/expression/check-expression.ts';
import { ConversionError } from './conversion-error.ts';
import type { Member } from './member.ts';
import { membersSchema } from './members-schema.ts';
import type { Effect, Precondition } from './operation.ts';

/**
 * SQL for the value that a checked expression over the record gives, as jsonb; NULL where it gives none. Text is not passed
 * through JSON, so a number keeps its digits.
 */
export function databaseValueSql(document: string, expression: string): string {
  return `(SELECT to_jsonb((${expression}\n)) FROM (SELECT ${document} AS ${recordName} OFFSET 0) AS records)`;
}

/**
 * Only the database can compute it, so here every record is refused to which it would be done. Where SQL has refused one, the
 * expression had no value, or an operation after it had none.
 */
export function refuseInJavaScript(member: Member): never {
  throw new ConversionError(
    member.pointer,
    'gets no value from its SQL expression, or none that a later operation takes',
  );
}

export function databasePrecondition(member: Member): Precondition {
  return {
    schema: membersSchema(member.segments.slice(0, -1), { not: { type: 'object' } }),
    statement: `the SQL expression of ${member.label} has a value for every record`,
  };
}

/** Nothing is known of a value before the database has computed it. */
export const databaseEffect: Effect = { unknown: 'the database computes it' };

/** For a line of people's: an expression may be as long as a page. */
export function describeExpression(expression: string): string {
  const line = onOneLine(expression);
  return `the SQL expression ${line.length > 100 ? `${line.slice(0, 99)}…` : line}`;
}
