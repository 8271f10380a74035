import { openQueue } from '../registry/queue/bullmq.ts';
import type { FlowJob, Job } from '../registry/queue/port.ts';
import type { RunnerContext } from './context.ts';
import { lendLane } from './lend-lane.ts';
import type { Sharing } from './work.ts';

/**
 * Queue in which runners ask each other to copy; a job is `{ runId }` and nothing more. It only invites: who may copy what is in the target's ledger. So a job
 * for each range, and one that comes after those of a round, for whatever was left behind; any of them may be lost or come twice.
 */
const rangeQueue = 'sluice-ranges';

/** Records in a range: a second or two of copying alone, some tens of seconds beside an application. */
const defaultPortion = 100_000;

/** Where so many wait, nobody takes them. */
const mostWaiting = 64;

export interface SharingOptions {
  /** Where the queue is. */
  readonly url: string;
  readonly report: (error: Error) => void;
  /** Ranges of other runners' tables that this one copies at the same time; 0: none. */
  readonly lanes?: number | undefined;
  readonly portion?: number | undefined;
}

/** What a runner does for the large tables of others, and they for its own. */
export interface SharedCopies {
  readonly sharing: Sharing;
  /** Lends lanes from now on. */
  start(context: RunnerContext): void;
  /** A runner at a run of its own has that session's work to do, and takes no more of others' meanwhile. */
  duringOwnRun<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openSharedCopies(options: SharingOptions): Promise<SharedCopies> {
  const { url, report, lanes = 1, portion = defaultPortion } = options;
  const queue = await openQueue(url, rangeQueue, report);
  let worker: ReturnType<typeof queue.work> | undefined;
  let ownRuns = 0;
  return {
    sharing: {
      portion,
      invite(runId, round, ranges) {
        const job = (name: string, id: string): FlowJob => ({ name, id: `${runId}-${round}-${id}`, data: { runId } });
        const each = Array.from({ length: ranges }, (_, index) => job('range', String(index)));
        const ask = async () => {
          if ((await queue.countWaiting()) < mostWaiting) await queue.addFlow(job('table', 'last'), each);
        };
        // Nobody waits for a queue that is gone: the run goes on without the others.
        ask().catch(report);
      },
    },
    start(context) {
      if (lanes === 0) return;
      const lend = async (job: Job) => {
        if (ownRuns === 0) await lendLane(context, runIdOf(job), () => ownRuns === 0);
      };
      worker = queue.work(lend, { concurrency: lanes });
    },
    async duringOwnRun(work) {
      ownRuns += 1;
      try {
        if (ownRuns === 1) await worker?.pause();
        return await work();
      } finally {
        ownRuns -= 1;
        if (ownRuns === 0) await worker?.resume();
      }
    },
    close: () => queue.close(),
  };
}

function runIdOf({ data }: Job): string {
  const { runId } = (data ?? {}) as Record<string, unknown>;
  if (typeof runId !== 'string') throw new TypeError('an invitation without runId');
  return runId;
}
