import type { Client } from 'pg';
import type { RunState } from '../core/migration/states.ts';
import { countOf, formatCount } from '../core/rendering/numbers.ts';
import { unreachable } from '../core/unreachable.ts';
import { noteLog } from '../registry/runs/note-log.ts';
import { listRuns } from '../registry/runs/read.ts';
import type { LogNote, Run, RunProgress } from '../registry/runs/run.ts';
import type { RunnerContext } from './context.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { countEntries, logBytes, type OpenLog, openLog } from './databases/postgres/log-size.ts';
import { describeError } from './errors.ts';

/** Milliseconds between two looks. */
const every = 60_000;

/** States in which keys are noted and nobody carries them over, with what the run is doing, in words. */
const resting: { readonly [S in RunState]?: string } = {
  paused: 'held',
  reversing: 'the new table is in use',
  'needs-attention': 'waits for a person',
};

/** Looks every minute until the returned function is called; one look at a time, as a database may not answer. */
export function keepWatchingLogs(context: RunnerContext): () => void {
  let isWatching = false;
  const timer = setInterval(() => {
    if (isWatching) return;
    isWatching = true;
    watchLogs(context)
      .catch((error: unknown) => context.report(describeError(error).message))
      .finally(() => {
        isWatching = false;
      });
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Looks once at the logs of all runs at rest in the databases that this runner can reach. Those that have passed the limit say so,
 * and again each time they have doubled. Nothing is ever dropped: without its log a run could neither go on nor be taken back.
 */
export async function watchLogs(context: RunnerContext): Promise<void> {
  const states = Object.keys(resting) as RunState[];
  for (const run of await listRuns(context.registry, { states, limit: 1000 })) {
    if (context.signal.aborted) return;
    try {
      await watchLog(context, run);
    } catch (error) {
      context.report(`run ${run.id}: how many keys are noted cannot be seen: ${describeError(error).message}`);
    }
  }
}

async function watchLog(context: RunnerContext, run: Run): Promise<void> {
  const url = context.databases(run.target.database);
  if (url === undefined) return;
  const client = await connectTarget(url);
  try {
    const log = await openLog(client, run.id);
    // Before the swap a run that waits for a person is on its way to be called off: nothing will be carried over.
    if (log === undefined || (log.direction === 'forward' && run.state !== 'paused')) return;
    const note = await measure(client, log, run.progress, context.patience.logSize);
    if (note === undefined) return;
    const words = `${resting[run.state] ?? run.state}; ${logWords(log.direction, note)}`;
    if (await noteLog(context.registry, run, note, words)) context.report(`run ${run.id}: ${words}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Undefined: there is nothing to say, or it was said. */
async function measure(
  client: Client,
  log: OpenLog,
  progress: RunProgress | undefined,
  limit: number,
): Promise<LogNote | undefined> {
  const bytes = await logBytes(client, log);
  if (bytes < limit || bytes < 2 * (progress?.log?.bytes ?? 0)) return undefined;
  const keys = await countEntries(client, log);
  const rate = progress?.carriedPerSecond;
  return { bytes, keys, ...(rate === undefined ? {} : { seconds: Math.ceil(keys / rate) }) };
}

/** What a long log means for whoever decides what comes next. */
export function logWords(direction: OpenLog['direction'], { bytes, keys, seconds }: LogNote): string {
  const size = `${countOf(keys, 'key')} (${formatCount(Math.ceil(bytes / 2 ** 20))} MiB)`;
  const span = seconds === undefined ? 'and nothing tells yet how long that takes' : `in about ${spanOf(seconds)}`;
  switch (direction) {
    case 'forward':
      return `${size} of what the application wrote wait to be carried over: resumed, the run does that first, ${span}`;
    case 'back':
      return `${size} written since the swap are noted for the way back: rolling back begins by carrying them over, ${span}`;
    default:
      return unreachable(direction);
  }
}

function spanOf(seconds: number): string {
  return seconds < 90 ? `${formatCount(Math.max(1, seconds))} s` : `${formatCount(Math.round(seconds / 60))} min`;
}
