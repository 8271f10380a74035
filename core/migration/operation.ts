import type { Json, JsonObject } from '../schema/json.ts';

/** How an operation of a transform changes records. One file per operation; the list is `operations/index.ts`. */
export interface Operation {
  /** `set`, `default`, `rename`, `remove`, `cast` … */
  readonly name: string;
  /** The operation as it is written in the file, for plans and fingerprints. */
  readonly source: JsonObject;
  /** One line for people, such as `cast claim_amount to number`. */
  readonly summary: string;
  /** Changes a record. Throws `ConversionError` (pointer and reason, never the value) when this record cannot be converted. */
  apply(record: Json): Json;
  /** The same as one PostgreSQL expression over a jsonb expression. Literals are quoted; a record that cannot be converted raises. */
  toSql(document: string): string;
  /** The operation that undoes this one, or what is lost. */
  readonly inverse: { readonly operation: Operation } | { readonly loses: string };
  /** The schema of the records after the operation, given the schema of the records before; or why that is not known. */
  effect(schema: Json): { readonly schema: Json } | { readonly unknown: string };
}
