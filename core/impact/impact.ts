import type { Change } from '../compatibility/change.ts';
import type { Violation } from '../compatibility/verdict.ts';
import type { Json } from '../schema/json.ts';
import type { Coverage } from './coverage.ts';

/** How many stored records of a schema the new version refuses. */
export type Impact =
  /** Not counted, and why, in words without secrets: no database, no such table. */
  { readonly status: 'unknown'; readonly reason: string } | CountedImpact;

export interface CountedImpact extends Coverage {
  readonly status: 'counted';
  /** Records that were looked at. */
  readonly scanned: number;
  /** Of those, how many the new version refuses. */
  readonly failing: number;
  /** Of the failing ones, how many the old version refuses as well: not broken by this change, but to be mended all the same. */
  readonly invalidBefore: number;
  /** Failing records to which a change contributes. A record can count for several changes. */
  readonly byChange: ReadonlyMap<Change, number>;
  /** A few failing records. */
  readonly samples: readonly FailingRecord[];
}

export interface FailingRecord {
  /** Primary key, as text. */
  readonly key: string;
  readonly violations: readonly Violation[];
  /** The record; only when its values may be shown. */
  readonly record?: Json;
}
