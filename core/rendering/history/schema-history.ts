import type { SchemaReview } from '../../review/review.ts';

/** What became of one schema over time, as its repository tells it. */
export interface SchemaHistory {
  readonly name: string;
  /** Where it is now, or was last. */
  readonly path: string;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Whether there are older entries that were not read. */
  readonly isCut: boolean;
}

export interface HistoryEntry {
  readonly commit: string;
  /** ISO 8601, of the author. */
  readonly date: string;
  readonly author: string;
  /** First line of the commit's message. */
  readonly subject: string;
  readonly path: string;
  readonly version: string | undefined;
  /** What it did to the entry before; undefined for the first, and where a file cannot be read. */
  readonly review: SchemaReview | undefined;
  /** Why it cannot be read. */
  readonly problem?: string;
  /** A migration to this version that is in the repository. */
  readonly migrationPath?: string;
  /** Why it cannot be used. */
  readonly migrationProblem?: string;
}
