import type { Client } from 'pg';
import { unreachable } from '../core/unreachable.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import type { Run } from '../registry/runs/run.ts';
import type { Crossing } from './databases/postgres/crossing.ts';
import { inOrder } from './databases/postgres/json-column.ts';
import type { RunNames } from './databases/postgres/names.ts';
import { shadowOf } from './databases/postgres/shadow.ts';
import type { RecordTable } from './databases/postgres/table.ts';
import type { DutyRange } from './duty.ts';
import type { Passage } from './passage.ts';
import type { RunPlan } from './plan.ts';
import type { Progress } from './progress.ts';
import { mustHaveRows, type RowsOfRun } from './rows.ts';
import type { WindowGate } from './window-gate.ts';

/** What the steps need to know of a run; from the registry, or from the target's ledger when the registry is down. */
export type RunInHand = RunOrder & Pick<Run, 'id' | 'state' | 'progress'>;

/** Everything the steps of a run work with. */
export interface Work {
  readonly run: RunInHand;
  readonly plan: RunPlan;
  /** The one session on the target; it holds the run's lock. */
  readonly client: Client;
  readonly table: RecordTable;
  /** Where the columns are the properties: how rows cross. */
  readonly rows?: RowsOfRun | undefined;
  readonly names: RunNames;
  readonly epoch: string;
  readonly progress: Progress;
  /** Whether the run may go on at the moment. */
  readonly gate: WindowGate;
  readonly patience: Patience;
  /** Aborted when the runner is to stop: the step ends between two batches and is taken up again later. */
  readonly signal: AbortSignal;
  /** Asks other runners to copy beside this one; absent: there are none to ask. */
  readonly sharing?: Sharing | undefined;
  /** Whether others copy at the moment: then carrying over keeps them out meanwhile. */
  readonly hasLanes?: boolean;
}

/** How a large table is shared among runners. */
export interface Sharing {
  /** Records in a range that one runner has for itself. A table of less than two is not shared. */
  readonly portion: number;
  /**
   * Asks other runners to take so many ranges. Waits for nobody, and may be lost or come twice: who has which is in the target's ledger. `round`: no two of a
   * run have the same.
   */
  invite(runId: string, round: string, ranges: number): void;
}

export interface Patience {
  /** Milliseconds that one attempt waits for a lock. */
  readonly lockTimeout: number;
  /** Milliseconds after which a step that never got its lock is given up. */
  readonly giveUpAfter: number;
  /** Milliseconds that a batch should take while nobody else uses the database, and while somebody does. */
  readonly batchTime: number;
  readonly busyBatchTime: number;
  /** Share of the time that the copy takes for itself beside others, 0 to 1: always the same, or as the server answers. */
  readonly duty: number | DutyRange;
  /** Seconds that a replica may be behind. */
  readonly replicationLag: number;
  /** Files of the write-ahead log that may wait to be archived. */
  readonly archiveBacklog: number;
  /** Bytes of it that the server may write in a second. */
  readonly walRate: number;
  /** Seconds that somebody else's transaction may be open: what it may still see cannot be cleaned up. */
  readonly oldestTransaction: number;
  /** Milliseconds that the server may take to answer a simple question. */
  readonly latency: number;
  /** Bytes that the keys noted for a run may take while nobody carries them over: from here on the run says so. */
  readonly logSize: number;
}

/** The runner was told to stop. The run goes on when a runner takes it up again. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor() {
    super('The runner stops; the run goes on from its checkpoint.');
  }
}

export function forwardOf({ table, names, plan, rows }: Pick<Work, 'table' | 'names' | 'plan' | 'rows'>): Crossing {
  const { invalid } = plan.options;
  const columns = mustHaveRows(rows, table)?.forward;
  const crossing = {
    table,
    from: table,
    to: shadowOf(table, names),
    passage: passageFor(plan.forward, table, names),
    ...(columns === undefined ? {} : { rows: columns }),
  };
  if (invalid.action === 'stop') return crossing;
  return { ...crossing, aside: { table: names.quarantine, keep: invalid.action === 'keep' } };
}

/** From the new table, which has the place, to the old one. */
export function backwardOf({ table, names, plan, rows }: Pick<Work, 'table' | 'names' | 'plan' | 'rows'>): Crossing {
  const columns = mustHaveRows(rows, table)?.back;
  const crossing = {
    table,
    from: table,
    to: { schema: names.oldSchema, name: table.name },
    passage: passageFor(plan.back, table, names),
    ...(columns === undefined ? {} : { rows: columns }),
  };
  switch (plan.options.invalid.action) {
    case 'stop':
      return crossing;
    case 'quarantine':
      return { ...crossing, spare: names.quarantine };
    case 'keep':
      return { ...crossing, aside: { table: names.quarantine, keep: true, notedOnly: true } };
    default:
      return unreachable(plan.options.invalid);
  }
}

/** What every writing statement proves itself with. */
export function fenceOf({ run, epoch }: Work): { readonly id: string; readonly epoch: string } {
  return { id: run.id, epoch };
}

/** The passage of a document column of either type. */
export function passageFor(passage: Passage, table: RecordTable, names: Pick<RunNames, 'inOrder'>): Passage {
  return table.document.type === 'json' ? inOrder(passage, names.inOrder) : passage;
}
