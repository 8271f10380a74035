import type { Comparison } from '../compatibility/comparison.ts';
import type { SchemaSet } from '../configuration/configuration.ts';
import type { Place } from '../input-error.ts';
import type { Json } from '../schema/json.ts';
import type { VersionAdvice } from '../versioning/advice.ts';
import type { Day } from './expiry.ts';
import type { VersionPath } from './layout/version-path.ts';
import type { LineEdit } from './line-edit.ts';
import type { Finding } from './rules/rule.ts';

/** The files of a repository at one commit. Implemented over GitHub's API, over a clone, and in tests over a Map. */
export interface Tree {
  readonly commit: string;
  /** Text of a file, or undefined when it is not there. */
  read(path: string): Promise<string | undefined>;
  /** Says that these files will be read soon, so that they can be fetched together. Changes no answer. */
  prefetch?(paths: readonly string[]): Promise<void>;
  /** All paths at this commit. A review asks once, and only when it needs them. */
  list(): Promise<readonly string[]>;
}

/** A file that differs between the two commits. */
export interface ChangedFile {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly previousPath?: string;
}

/** A file that another open pull request adds or changes. */
export interface ClaimedFile {
  readonly pullRequest: number;
  readonly path: string;
  /** As it is there; undefined when it is not known. */
  readonly text: string | undefined;
}

/** What Sluice thinks of a pull request. Made by `reviewPullRequest`, the same in the Action, the App and the terminal. */
export interface Review {
  readonly base: string;
  readonly head: string;
  readonly schemas: readonly SchemaReview[];
  /** Bad input: broken files, bad configuration, unusable migrations. Any makes the check red. */
  readonly problems: readonly Problem[];
  /** What the rules beyond compatibility found. */
  readonly findings?: readonly Finding[];
  /** The worst of the schemas whose change is not accepted; `none` when no schema changed. */
  readonly verdict: 'none' | 'compatible' | 'breaking' | 'undecided';
  readonly breakingCount: number;
  /** What an approval binds to: the breaking set and the migrations that answer it. Undefined when nothing needs approval. */
  readonly fingerprint: Fingerprint | undefined;
}

/** SHA-256 in hex of exactly what would be approved. */
export type Fingerprint = string & { readonly brand: 'Fingerprint' };

export interface Problem {
  readonly place: Place;
  readonly problem: string;
  readonly remedy: string;
}

export interface SchemaReview {
  /** The file's name without extension; where there is one file per version, what the path says. */
  readonly name: string;
  readonly path: string;
  /** Where the schema was before it moved. */
  readonly previousPath?: string;
  /** The file of the version before, where there is one file per version: the old version of this review. */
  readonly comparedWith?: { readonly path: string; readonly version: string };
  /** Name of the component, in an OpenAPI document; then `path` is the document's, and the version is that of the document. */
  readonly component?: string;
  /** What the path says, where there is one file per version. */
  readonly file?: VersionPath;
  /** The changed files that this schema reaches by `$ref`, when its own file is the same in both versions. */
  readonly through?: readonly string[];
  readonly set: SchemaSet;
  readonly change: 'added' | 'modified' | 'removed';
  /** Texts of both versions, for the registry and the runner. */
  readonly oldText: string | undefined;
  readonly newText: string | undefined;
  /** Texts of the other files that each version reaches by `$ref`, by path. */
  readonly oldFiles?: Readonly<Record<string, string>>;
  readonly newFiles?: Readonly<Record<string, string>>;
  readonly oldVersion: string | undefined;
  readonly newVersion: string | undefined;
  /** Undefined when a side is missing or could not be read. */
  readonly comparison: Comparison | undefined;
  /** Why nothing was compared although both sides are there: the old one is broken, or one is larger than Sluice reads. */
  readonly incomparable?: string;
  /** `compatible` for an added schema, `breaking` for a removed one. */
  readonly verdict: 'compatible' | 'breaking' | 'undecided';
  readonly advice: VersionAdvice | undefined;
  /** What the configuration of the base branch says of exactly this change. */
  readonly acceptance?: {
    readonly state: 'accepted' | 'expired';
    readonly reason: string;
    readonly until: Day;
    readonly fingerprint: Fingerprint;
  };
  /** This schema's part of the review's fingerprint, undefined when nobody needs to approve it; which the runner recomputes from the texts before its first write. */
  readonly fingerprint: Fingerprint | undefined;
  readonly migration: MigrationReview;
}

/** What is known of the migration that a breaking change needs. */
export type MigrationReview =
  | { readonly status: 'not-needed' }
  | { readonly status: 'missing'; readonly path: string; readonly proposal: string; readonly gaps: readonly string[] }
  /** `correction`: where the file says which schema and versions it is for, and says it wrongly. */
  | { readonly status: 'unusable'; readonly path: string; readonly correction?: LineEdit }
  | {
      readonly status: 'given';
      readonly path: string;
      readonly text: string;
      /** Every record valid under old becomes valid under new; or a record for which it does not; or not known. */
      readonly proof: /** `preconditions`: what must hold of the records besides; checked on all of them before cutover. */
        | { readonly result: 'proved'; readonly preconditions?: readonly string[] }
        | { readonly result: 'refuted'; readonly record: Json; readonly reason: string }
        | { readonly result: 'unproved'; readonly reason: string };
      readonly losses: readonly string[];
      readonly operations: readonly string[];
      /** Whether a script changes the records too: code of the repository, run by the runner. */
      readonly hasScript?: boolean;
      /** What the script may fetch from. */
      readonly hosts?: readonly string[];
    };
