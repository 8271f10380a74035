import { openRegistry } from '../../registry/database.ts';
import { defaultPatience, defaultRetention } from '../../runner/context.ts';
import { executePersistently } from '../../runner/execute-persistently.ts';
import { Busy } from '../../runner/session.ts';

// A runner in a process of its own, to be killed. It works on one run and not through the queue, which takes seconds to notice that a
// runner is gone. Short batches, so that there are many moments to die in.
const { CHAOS_REGISTRY = '', CHAOS_TARGET = '', CHAOS_RUN = '' } = process.env;
const context = {
  registry: openRegistry(CHAOS_REGISTRY, { max: 3 }),
  databases: () => CHAOS_TARGET,
  patience: { ...defaultPatience, batchTime: 2, busyBatchTime: 2, duty: 1, giveUpAfter: 24 * 3600_000 },
  retention: defaultRetention,
  signal: new AbortController().signal,
  report: () => undefined,
};
console.log('started');
for (;;) {
  try {
    await executePersistently(context, CHAOS_RUN);
    break;
  } catch (error) {
    // The session of the one before may live on for a moment.
    if (!(error instanceof Busy)) throw error;
  }
}
await context.registry.end();
