import type { Json } from '../schema/json.ts';
import type { Pointer } from '../schema/pointer.ts';

/**
 * The answer to "is every document valid under the first also valid under the second?".
 * `compatible` only when proved; `breaking` only with a document that ajv confirmed on both sides; else `undecided`.
 */
export type Verdict =
  | {
      readonly verdict: 'compatible';
      /** What was taken for granted, in words: schemas on the web that both versions refer to and that nobody fetched. */
      readonly assuming?: string;
    }
  | { readonly verdict: 'breaking'; readonly witness: Json; readonly violation: Violation }
  | { readonly verdict: 'undecided'; readonly reason: string; readonly pointer: Pointer };

/** Why the witness is refused: where in the witness, and what the schema asks there. */
export interface Violation {
  /** Pointer into the witness. */
  readonly at: Pointer;
  /** Such as `must be number`. */
  readonly message: string;
  /** The keyword that refuses, and the member that it misses or does not allow; only where all violations were asked for. */
  readonly keyword?: string;
  readonly member?: string;
}

/** BACKWARD: data valid under old stays valid under new. The meaning is Confluent Schema Registry's. */
export const compatibilityModes = [
  'BACKWARD',
  'FORWARD',
  'FULL',
  'BACKWARD_TRANSITIVE',
  'FORWARD_TRANSITIVE',
  'FULL_TRANSITIVE',
  'NONE',
  'APPEND_ONLY',
] as const;
export type CompatibilityMode = (typeof compatibilityModes)[number];
