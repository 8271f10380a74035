import type { Operation } from './operation.ts';
import type { RunOptions } from './run-options.ts';
import type { MigrationScript } from './script.ts';

/** A migration file, read and checked: how the records of a schema go from one version to the next. */
export interface Migration {
  readonly path: string;
  /** Name of the schema: its file's name without extension. */
  readonly schema: string;
  readonly from: string;
  readonly to: string;
  readonly transform: readonly Operation[];
  /** Changes each record after the transform; absent: there is none. */
  readonly script?: MigrationScript;
  /** Records per transaction; absent: the runner decides. */
  readonly batch?: number;
  /** Absent: the file says nothing of them, so all are as by default. */
  readonly options?: RunOptions;
}
