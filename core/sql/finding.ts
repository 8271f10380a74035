import type { Place } from '../input-error.ts';
import type { LockMode } from './locks/mode.ts';

/** `error` fails the check; `warning` fails it when asked to be strict; `advice` never does. */
export type Severity = 'error' | 'warning' | 'advice';

/** One thing that is wrong with a SQL migration, where, and what to write instead. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** Line and column count from 1; the column in UTF-16 units, as editors and SARIF count. */
  readonly place: Place & { readonly line: number; readonly column: number };
  /** The beginning of the statement that it is about, on one line; absent when it is about the file. */
  readonly statement?: string;
  /** Sentences for a person: what happens, to whom. Names the lock and what it blocks where there is one. */
  readonly message: string;
  /** The strongest lock on an existing table that the rule is about. */
  readonly lock?: LockMode;
  /** What others cannot do meanwhile. */
  readonly blocks?: string;
  /** SQL that reaches the same without the danger, or with less; comments in it say what runs apart. */
  readonly rewrite?: string;
  /** Rows of the table, as the server's statistics estimate them, where they decided the severity. */
  readonly rows?: number;
  /** The same for the same statement, wherever it moves in its file; for a baseline. */
  readonly fingerprint: string;
}

/** The worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'advice'];
