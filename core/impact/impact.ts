import type { Change } from '../compatibility/change.ts';
import type { Violation } from '../compatibility/verdict.ts';
import type { Json } from '../schema/json.ts';

/** How many stored records of a schema the new version refuses. */
export type Impact =
  /** Not counted, and why, in words without secrets: no database, no such table. */
  { readonly status: 'unknown'; readonly reason: string } | CountedImpact;

export interface CountedImpact {
  readonly status: 'counted';
  /** Records that were looked at. */
  readonly scanned: number;
  /** Whether those are all there are; false: they are a sample, or counting stopped at its limit. */
  readonly complete: boolean;
  /** Of those, how many the new version refuses. */
  readonly failing: number;
  /** Of the failing ones, how many the old version refuses as well: not broken by this change, but to be mended all the same. */
  readonly invalidBefore: number;
  /** Failing records to which a change contributes. A record can count for several changes. */
  readonly byChange: ReadonlyMap<Change, number>;
  /** A few failing records. */
  readonly samples: readonly FailingRecord[];
  /** Records of the table, as the server's statistics estimate them; absent when not known, or when all were looked at. */
  readonly population?: number;
  /** How the records were drawn, when they are a sample of the whole table; absent: they are the first ones. */
  readonly sample?: Sample;
  /** What ended the counting early. */
  readonly stopped?: 'records' | 'time';
  /** Records a second that were read and validated. */
  readonly rate?: number;
}

/** Blocks drawn at random, with all of their records or some. */
export interface Sample {
  readonly blocks: number;
  /** How many records drawn one by one would tell as much: records that are stored together are alike. */
  readonly effective: number;
}

export interface FailingRecord {
  /** Primary key, as text. */
  readonly key: string;
  readonly violations: readonly Violation[];
  /** The record; only when its values may be shown. */
  readonly record?: Json;
}
