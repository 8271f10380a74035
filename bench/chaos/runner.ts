import { setTimeout as sleep } from 'node:timers/promises';
import { openRegistry } from '../../registry/database.ts';
import { defaultPatience, defaultRetention } from '../../runner/context.ts';
import { isTransient } from '../../runner/errors.ts';
import { executePersistently } from '../../runner/execute-persistently.ts';
import { lendLane } from '../../runner/lend-lane.ts';
import { Busy } from '../../runner/session.ts';

// A runner in a process of its own, to be killed. It works on one run and not through the queue, which takes seconds to notice that a
// runner is gone. Short batches, so that there are many moments to die in.
// With `CHAOS_LENDS` it copies beside whoever has the run; with `CHAOS_SHARED` there are such.
const { CHAOS_REGISTRY = '', CHAOS_TARGET = '', CHAOS_RUN = '', CHAOS_SHARED = '', CHAOS_LENDS = '' } = process.env;
const context = {
  registry: openRegistry(CHAOS_REGISTRY, { max: 3 }),
  databases: () => CHAOS_TARGET,
  patience: { ...defaultPatience, batchTime: 2, busyBatchTime: 2, duty: 1, giveUpAfter: 24 * 3600_000 },
  retention: defaultRetention,
  ...(CHAOS_SHARED === '' ? {} : { sharing: { portion: 700, invite: () => undefined } }),
  signal: new AbortController().signal,
  report: () => undefined,
};
console.log('started');
for (;;) {
  try {
    if (CHAOS_LENDS === '') {
      await executePersistently(context, CHAOS_RUN);
      break;
    }
    await lendLane(context, CHAOS_RUN);
    await sleep(10);
  } catch (error) {
    // The session of the one before may live on for a moment.
    if (!(error instanceof Busy) && !(CHAOS_LENDS !== '' && isTransient(error))) throw error;
  }
}
await context.registry.end();
