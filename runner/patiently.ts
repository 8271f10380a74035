import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { NotNow } from './databases/postgres/cutover.ts';
import { StepFailed } from './errors.ts';
import { Stopped, type Work } from './work.ts';

/** Lock not granted in time, deadlock (which we always lose), serialisation, statement over its time. */
const contention = new Set(['55P03', '40P01', '40001', '57014']);

export function isContention(error: unknown): boolean {
  return error instanceof NotNow || (error instanceof DatabaseError && contention.has(error.code ?? ''));
}

/**
 * Tries something that needs a lock again and again, with growing pauses in which everybody else goes on, and says why it
 * waits. `attempt` gets the number of the attempt, from 1.
 */
export async function patiently<T>(
  work: Pick<Work, 'progress' | 'patience' | 'signal'>,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  const until = Date.now() + work.patience.giveUpAfter;
  for (let number = 1; ; number++) {
    if (work.signal.aborted) throw new Stopped();
    try {
      const result = await attempt(number);
      if (number > 1) await work.progress.report({ hold: undefined });
      return result;
    } catch (error) {
      if (!isContention(error)) throw error;
      const reason = error instanceof NotNow ? error.message : 'the application holds a lock that the run needs';
      if (Date.now() > until) {
        throw new StepFailed(
          'lock-not-granted',
          `Gave up waiting: ${reason}.`,
          'Let long transactions end, or choose a quieter time, and run again.',
        );
      }
      await work.progress.report({ hold: `waits: ${reason}` });
      await pause(Math.min(50 * 1.5 ** number, 5000), work.signal);
    }
  }
}

export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    throw new Stopped();
  });
}
