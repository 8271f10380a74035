import type { LineEdit } from '../../review/line-edit.ts';

/** An edit of a file of the pull request that a reader can take as it is. */
export interface Suggestion extends LineEdit {
  /** What it mends; of each kind there is one in a file at most. */
  readonly kind: 'version' | 'migration-versions' | 'migration';
  readonly path: string;
  /** What is wrong and what this does, in sentences with code between backticks. */
  readonly why: string;
}
