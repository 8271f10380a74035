import type { RunnerContext } from './context.ts';
import { describeError, isTransient } from './errors.ts';
import { executeRun } from './execute.ts';
import { pause } from './patiently.ts';

/** Lost connections and the like are tried again soon; what lasts goes back to the queue, which tries again later, elsewhere too. */
export async function executePersistently(context: RunnerContext, runId: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await executeRun(context, runId);
      return;
    } catch (error) {
      if (!isTransient(error) || attempt >= 30 || context.signal.aborted) throw error;
      context.report(`run ${runId}: ${describeError(error).message} Trying again.`);
      await pause(Math.min(100 * 1.5 ** attempt, 2000), context.signal);
    }
  }
}
