import type { Pool } from 'pg';
import { openRegistry } from '../registry/database.ts';
import { failingRecordsJob } from '../registry/failing-records.ts';
import { migrateRegistry } from '../registry/migrate.ts';
import { openQueue } from '../registry/queue/bullmq.ts';
import type { Job, JobQueue } from '../registry/queue/port.ts';
import { startOutboxRelay } from '../registry/queue/relay.ts';
import { countJob } from '../registry/record-counts.ts';
import { runQueue } from '../registry/runs/create.ts';
import { listRuns, readRun } from '../registry/runs/read.ts';
import { advance } from './advance.ts';
import type { BackupPlace } from './backups/place.ts';
import { defaultPatience, defaultRetention, type RunnerContext } from './context.ts';
import { countForDecision } from './count-records.ts';
import { workingStates } from './execute.ts';
import { executePersistently } from './execute-persistently.ts';
import { listFailingRecords } from './list-failing-records.ts';
import { openSharedCopies, type SharedCopies } from './shared-copies.ts';
import { keepWatchingLogs } from './watch-logs.ts';
import type { Patience } from './work.ts';

export interface RunnerOptions {
  /** Address of the registry's database. */
  readonly registryUrl: string;
  /** Where the queue is: `redis://…`, or a PostgreSQL address; absent: the registry's database. */
  readonly queueUrl?: string | undefined;
  /** Address of a database by its logical name. */
  readonly databases: (name: string) => string | undefined;
  /** Where exports of records before a run go. */
  readonly backups?: BackupPlace | undefined;
  readonly patience?: Partial<Patience>;
  /** Milliseconds that the old table is kept after a cutover; default a day. */
  readonly retention?: number;
  /** One line at a time, without secrets and values. */
  readonly report?: (message: string) => void;
  /** Runs at the same time; default 1. */
  readonly concurrency?: number;
  /** Ranges of other runners' tables that it copies at the same time; default 1. */
  readonly lanes?: number | undefined;
  /** Records in a range that one runner copies; default 100,000. A table of less than two is not shared. */
  readonly portion?: number | undefined;
}

export interface Runner {
  /** Stops between two batches; whatever is unfinished goes on when a runner starts again. */
  close(): Promise<void>;
}

/** Starts a runner: it takes orders from the queue, and first takes up again what an earlier runner left unfinished. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const report = options.report ?? (() => undefined);
  const onError = (error: Error) => report(messageOf(error));
  const registry = openRegistry(options.registryUrl, { report: onError });
  const stop = new AbortController();
  try {
    await migrateRegistry(registry);
    const url = options.queueUrl ?? options.registryUrl;
    const queue = await openQueue(url, runQueue, onError);
    const { lanes, portion } = options;
    const shared = await openSharedCopies({ url, lanes, portion, report: onError });
    const context: RunnerContext = {
      registry,
      databases: options.databases,
      backups: options.backups,
      patience: { ...defaultPatience, ...options.patience },
      retention: options.retention ?? defaultRetention,
      sharing: shared.sharing,
      signal: stop.signal,
      report,
    };
    const relay = startOutboxRelay(registry, [queue], { report: onError });
    const takeUp = () => takeUpUnfinished(registry, queue, context.retention);
    // The queue notices a killed runner after some seconds; the registry knows at once.
    await takeUp();
    // And a queue that was lost or emptied does not know what it held.
    const timer = setInterval(() => void takeUp().catch(onError), 60_000);
    timer.unref();
    const stopWatching = keepWatchingLogs(context);
    shared.start(context);
    queue.work((job) => handle(context, shared, job), { concurrency: options.concurrency ?? 1 });
    return {
      close: async () => {
        stop.abort();
        clearInterval(timer);
        stopWatching();
        await relay.close();
        await queue.close();
        await shared.close();
        await registry.end();
      },
    };
  } catch (error) {
    await registry.end();
    throw error;
  }
}

/** Jobs for runs that have something left to do, and for those whose retention is over. A job that is there already is not doubled. */
async function takeUpUnfinished(registry: Pool, queue: JobQueue, retention: number): Promise<void> {
  for (const { id } of await listRuns(registry, { states: workingStates, limit: 1000 })) {
    await queue.add('run', { runId: id }, { key: id });
  }
  for (const { id, updated } of await listRuns(registry, { states: ['reversing'], limit: 1000 })) {
    const isOver = Date.now() - updated.getTime() > retention + 60_000;
    if (isOver) await queue.add('complete', { runId: id }, { key: `complete-${id}` });
  }
}

async function handle(context: RunnerContext, shared: SharedCopies, job: Job): Promise<void> {
  if (job.name === countJob) return countForDecision(context, job.data);
  if (job.name === failingRecordsJob) return listFailingRecords(context, job.data);
  const runId = (job.data as { runId?: unknown }).runId;
  if (typeof runId !== 'string') throw new TypeError('a job without runId');
  if (job.name === 'complete') {
    const run = await readRun(context.registry, runId);
    // Rolled back in the meantime, or completed by hand.
    if (run?.state !== 'reversing') return;
    await advance(context.registry, run, 'completing');
  }
  await shared.duringOwnRun(() => executePersistently(context, runId));
}

function messageOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.message : `${code}: ${error.message}`;
}
