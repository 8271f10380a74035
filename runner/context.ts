import type { Pool } from 'pg';
import type { BackupPlace } from './backups/place.ts';
import { defaultRange } from './duty.ts';
import type { Patience, Sharing } from './work.ts';

/** What a runner has to work with. */
export interface RunnerContext {
  readonly registry: Pool;
  /** Address of a database by its logical name; undefined when this runner was not given one. */
  readonly databases: (name: string) => string | undefined;
  readonly patience: Patience;
  /** Milliseconds that the old table is kept after the cutover. */
  readonly retention: number;
  /** Where exports go; absent: this runner makes none. */
  readonly backups?: BackupPlace | undefined;
  /** What windows are compared with; absent: the clock of the machine. */
  readonly now?: (() => Date) | undefined;
  /** Asks other runners to copy beside this one; absent: it copies alone. */
  readonly sharing?: Sharing | undefined;
  /** Aborted when the runner is to stop. */
  readonly signal: AbortSignal;
  /** Hears what is dealt with but worth a line in the log. */
  readonly report: (message: string) => void;
}

export const defaultPatience: Patience = {
  lockTimeout: 100,
  giveUpAfter: 6 * 3600_000,
  batchTime: 100,
  busyBatchTime: 2,
  duty: defaultRange,
  replicationLag: 10,
  archiveBacklog: 64,
  walRate: 256_000_000,
  oldestTransaction: 3600,
  latency: 2000,
  logSize: 512 * 2 ** 20,
};

export const defaultRetention = 24 * 3600_000;
