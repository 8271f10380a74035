import type { Json } from '../schema/json.ts';
import type { Coverage } from './coverage.ts';
import type { FailingRecord } from './impact.ts';

/** What became of stored records when a migration was tried on copies of them, and nothing was written. */
export type Rehearsal =
  /** Why it was not tried, in words without secrets. */
  { readonly status: 'not-rehearsed'; readonly reason: string } | Rehearsed;

/** What the database made of a record, for operations that only it can do. */
export type Computed =
  /** Undefined: the operations refuse the record. */
  | { readonly record: Json | undefined }
  /** Why it made nothing, in words without values. */
  | { readonly problem: string };

export interface Rehearsed extends Coverage {
  readonly status: 'rehearsed';
  /** Records that were tried. */
  readonly tried: number;
  /** Of those: converted, and valid under the new version. */
  readonly succeeded: number;
  /** Of those that failed: invalid under the old version already. */
  readonly invalidBefore: number;
  /** Whether they are rows: that the new columns hold what they become was not tried. */
  readonly areRows?: boolean;
  /** A few that failed: the operation's reason, or what the new version says of the result. */
  readonly failures: readonly FailingRecord[];
  /** A few that succeeded, each changed in another way where there are several. */
  readonly examples: readonly Example[];
}

/** One record before and after. */
export interface Example {
  readonly key: string;
  readonly differences: readonly Difference[];
  /** Only when values may be shown. */
  readonly before?: Json;
  readonly after?: Json;
}

/** Where a record is not the same. Types, never values: `string`, `array of 3`; undefined: nothing is there. */
export interface Difference {
  /** JSON pointer. */
  readonly at: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}
