import type { CompatibilityMode } from '../../core/compatibility/verdict.ts';
import type { Target } from '../../core/configuration/configuration.ts';

/** Everything a runner needs to know of a migration, taken from the merge commit. Nothing else is believed at run time. */
export interface RunOrder {
  readonly repository: string;
  readonly pullRequest: number;
  readonly mergeCommit: string;
  /** Installation of the GitHub App, for whoever shows the progress. */
  readonly installationId?: number | undefined;
  /** Name of the schema. */
  readonly schema: string;
  readonly path: string;
  /** Where the schema was before, when the pull request moved it. */
  readonly previousPath?: string | undefined;
  readonly fromVersion?: string | undefined;
  readonly toVersion?: string | undefined;
  readonly oldText: string;
  readonly newText: string;
  /** Texts of files that the schema's references reach, by path, on either side. */
  readonly files?: ReferencedFiles | undefined;
  readonly migrationPath: string;
  readonly migrationText: string;
  readonly target: Target;
  readonly formatAssertion: boolean;
  /** What writers were assumed to emit when the change was approved; absent: any valid document. */
  readonly producers?: 'open' | 'closed' | undefined;
  readonly mode: CompatibilityMode;
  /** This schema's part of what was approved; absent when the change needs no approval. */
  readonly fingerprint?: string | undefined;
}

export interface ReferencedFiles {
  readonly old: Readonly<Record<string, string>>;
  readonly new: Readonly<Record<string, string>>;
}
