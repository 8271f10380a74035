import type { RunState } from '../../core/migration/states.ts';
import type { RunOrder } from './order.ts';

/** A migration run, as the registry remembers it. The truth about the tables is in the target's own ledger. */
export interface Run extends RunOrder {
  readonly id: string;
  readonly state: RunState;
  /** What is being done, in words; undefined before it began. */
  readonly step: string | undefined;
  readonly progress: RunProgress | undefined;
  /** Grows with every saved progress, so that late messages can be told from newer ones. */
  readonly progressSeq: number;
  readonly error: RunError | undefined;
  /** Absent where nothing is known besides the state. */
  readonly outcome?: RunOutcome | undefined;
  /** The how-many-eth run of this order, from 1. */
  readonly attempt?: number;
  /** Whether it only rehearses; undefined: as the migration file says of the first run. */
  readonly dryRun?: boolean | undefined;
  /** Fencing token of the runner that works on it. */
  readonly epoch: number;
  readonly checkRunId: number | undefined;
  readonly created: Date;
  readonly updated: Date;
  readonly started: Date | undefined;
  readonly finished: Date | undefined;
}

export interface RunProgress {
  /** Number of the step, from 1, and how many there are. */
  readonly step: number;
  readonly steps: number;
  readonly records: number;
  /** Estimated before the copy, exact after it. */
  readonly total: number;
  readonly recordsPerSecond: number;
  readonly batches: number;
  /** Records that the application wrote meanwhile and that were carried over. */
  readonly captured: number;
  /** Seconds, as far as can be told. */
  readonly remaining: number | undefined;
  /** Last key that was copied, when keys are plain numbers or uuids (a text key may be somebody's name). */
  readonly checkpoint: string | undefined;
  /** Why the copy is held back at the moment. */
  readonly hold: string | undefined;
  /** Records that were not valid and set aside, or kept as they were, where the migration allows it. */
  readonly setAside?: number;
  readonly rollbackAvailable: boolean;
  /** How many runners copy, where they are more than one. */
  readonly runners?: number | undefined;
  /** Keys of what the application wrote that are carried over in a second of work; absent before enough of them were. */
  readonly carriedPerSecond?: number | undefined;
  /** What was said last of the keys that wait, where they are many and the run is at rest. */
  readonly log?: LogNote | undefined;
}

/** How long a log of keys was. */
export interface LogNote {
  readonly bytes: number;
  readonly keys: number;
  /** That carrying them over will take; absent where it cannot be told. */
  readonly seconds?: number;
}

/** What came of a run, for its report. */
export interface RunOutcome {
  /** It was a rehearsal and all of it went well: everything but the swap. */
  readonly rehearsed?: boolean;
  /** It failed. */
  readonly incident?: Incident;
  /** Number of the issue on GitHub that tells of it. */
  readonly issue?: number;
  /** Where the records were exported before anything was made. */
  readonly backup?: BackupNote;
  /** Who has let it go on whether its windows are open or not. */
  readonly outsideWindows?: string;
  /** What its copy takes on the disk of the database. */
  readonly room?: RoomNote;
}

/** Bytes. */
export interface RoomNote {
  readonly needed: number;
  /** Absent where it cannot be known. */
  readonly free?: number;
}

export interface BackupNote {
  /** As it was given to the runner: a path on its machine. */
  readonly location: string;
  readonly format: 'jsonl' | 'csv';
  readonly records: number;
  readonly bytes: number;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
}

/** A failure, for those who have to understand it later. No values of records. */
export interface Incident {
  readonly error: RunError;
  /** ISO 8601. */
  readonly at: string;
  readonly state: string;
  /** In words. */
  readonly step: string;
  /** Figures as they were then. */
  readonly records: number;
  readonly total: number;
  /** Keys of records that the failure is about, where keys are plain numbers or uuids. */
  readonly keys: readonly string[];
  readonly likelyCause: string;
  readonly nextSteps: readonly string[];
}

/** Why a run stopped. Holds the place of a bad record, never its values. */
export interface RunError {
  /** Such as `not-approved`, `check-failed`, `invalid-record`, or an SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  /** Key of the record. */
  readonly key?: string;
  /** JSON pointer into the record. */
  readonly pointer?: string;
}
