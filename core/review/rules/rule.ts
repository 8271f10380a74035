import type { Configuration } from '../../configuration/configuration.ts';
import type { Place } from '../../input-error.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import type { Day } from '../expiry.ts';
import type { Versions } from '../layout/predecessors.ts';
import type { ChangedFile, ClaimedFile, SchemaReview, Tree } from '../review.ts';

export const severities = ['error', 'warning', 'notice', 'off'] as const;
export type Severity = (typeof severities)[number];

/** Something a rule has to say about a line of the head commit, and one thing to do about it. */
export interface Finding {
  readonly rule: string;
  /** `error` makes the check fail. */
  readonly severity: Exclude<Severity, 'off'>;
  readonly place: Place;
  readonly message: string;
  readonly remedy: string;
  /** Why somebody decided that it does not count here. A waived finding is shown, and fails nothing. */
  readonly waived?: string;
  /** The waiver that would have covered it, and is over. The message says so as well. */
  readonly expired?: { readonly reason: string; readonly until?: Day };
}

export type RawFinding = Pick<Finding, 'place' | 'message' | 'remedy' | 'waived'>;

/**
 * A check beyond compatibility. One per file; the list is `index.ts`. A rule looks at one changed schema, or at the pull request as a whole.
 */
export interface Rule {
  /** As it is named in the configuration: the file's name. */
  readonly id: string;
  /** What it asks for, in one sentence. */
  readonly asks: string;
  readonly severity: Severity;
  /** Whether a `$comment` in the schema can waive it. Absent: it can. */
  readonly inlineWaivers?: false;
  schema?(subject: SchemaSubject): readonly RawFinding[];
  pullRequest?(subject: PullRequestSubject): Promise<readonly RawFinding[]>;
}

export interface SchemaSubject {
  readonly review: SchemaReview;
  /** The new version; undefined when the schema is gone or could not be read. */
  readonly bundle: SchemaBundle | undefined;
}

export interface PullRequestSubject {
  readonly reviews: readonly SchemaReview[];
  /** The same, with the new versions. */
  readonly subjects: readonly SchemaSubject[];
  readonly changedFiles: readonly ChangedFile[];
  readonly base: Tree;
  readonly head: Tree;
  readonly configuration: Configuration;
  /** Of the file that it was read from. */
  readonly configurationPath: string;
  readonly versions: Versions;
  /** Undefined: nobody said, and what ends some day counts no more. */
  readonly today: Day | undefined;
  readonly claims: readonly ClaimedFile[];
}
