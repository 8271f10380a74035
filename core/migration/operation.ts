import type { Json, JsonObject } from '../schema/json.ts';

/**
 * How one operation of a transform changes records. One file per operation; the list is `operations/index.ts`.
 *
 * Two rules hold for all of them, and tests hold them to it on generated records:
 * - JavaScript and SQL agree. `apply` throws `ConversionError` for exactly the records for which `toSql` is NULL, and
 *   otherwise both give the same value. JavaScript reads numbers as doubles, PostgreSQL keeps every digit and the scale
 *   (`1.10`), so "the same" means: once the answer of PostgreSQL is read by JSON.parse. What is stored is PostgreSQL's.
 * - A member whose parent is missing, or is no object, is not there: there is nothing to do and the record stays as it is.
 */
export interface Operation {
  /** `set`, `default`, `rename`, `remove`, `cast` … */
  readonly name: string;
  /** The operation as it is written in the file, for plans and fingerprints. */
  readonly source: JsonObject;
  /** One line for people, such as `cast claim_amount from string to number`. */
  readonly summary: string;
  /** Changes a record, leaving the given one untouched. Throws `ConversionError` when this record cannot be converted. */
  apply(record: Json): Json;
  /**
   * The same as one PostgreSQL expression (11 or later) over a jsonb expression, which it may repeat; literals are quoted.
   * NULL when the record cannot be converted, so nothing raises and no error text carries a value: where the document is
   * not NULL and the expression is, `apply` on that record tells where and why. NULL in, NULL out.
   */
  toSql(document: string): string;
  /** Which records can be converted, where not all can. */
  readonly accepts?: Precondition;
  readonly inverse: Inverse;
  /** The schema of the records after the operation, given the schema of the records before; or why that is not known. */
  effect(schema: Json): Effect;
}

export interface Precondition {
  /** A JSON Schema, the same in all dialects: `apply` converts exactly the records valid under it. */
  readonly schema: Json;
  /** What must hold, for people: `every claim_amount is a decimal number as text`. */
  readonly statement: string;
}

/**
 * What takes a record back. `operation` gives back every record exactly, as jsonb compares; else it says what is lost.
 * `nearest` gives the record its old shape all the same; where it is absent, the record is best left as it is.
 */
export type Inverse = { readonly operation: Operation } | { readonly loses: string; readonly nearest?: Operation };

/** Never too small: every record valid under the schema before, if it can be converted, is valid under this one after. */
export type Effect = { readonly schema: Json } | { readonly unknown: string };
