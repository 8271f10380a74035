import type { Json } from '../schema/json.ts';
import type { Operation } from './operation.ts';

/** The record after all operations, in order. Throws `ConversionError` at the first operation that refuses it. */
export function applyTransform(operations: readonly Operation[], record: Json): Json {
  return operations.reduce((current, operation) => operation.apply(current), record);
}

/**
 * All operations, in order, as one PostgreSQL expression over a jsonb column or expression. NULL where the record cannot
 * be converted (`applyTransform` tells why) or `document` is NULL.
 */
export function transformToSql(operations: readonly Operation[], document: string): string {
  const [first, ...rest] = operations;
  if (first === undefined) return `(${document})`;
  // Each step reads the one before by name. OFFSET 0 keeps the planner from writing a step out wherever the next one
  // mentions it, which would double the expression with every operation.
  return rest.reduce(
    (inner, operation) => `(SELECT ${operation.toSql('step')} FROM (SELECT ${inner} AS step OFFSET 0) AS steps)`,
    `(${first.toSql(`(${document})`)})`,
  );
}
