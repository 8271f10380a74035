import { setTimeout as sleep } from 'node:timers/promises';
import { openRegistry } from '../../../registry/database.ts';
import { defaultPatience, defaultRetention } from '../../../runner/context.ts';
import { isTransient } from '../../../runner/errors.ts';
import { executePersistently } from '../../../runner/execute-persistently.ts';
import { lendLane } from '../../../runner/lend-lane.ts';
import { Busy } from '../../../runner/session.ts';

// One of several runners in processes of their own, to be killed: the one that has the run, or (`LENDS`) one that copies beside it. Not through the queue, which
// takes seconds to notice that a runner is gone. Short batches, so that there are many moments to die in.
const { REGISTRY = '', TARGET = '', RUN = '', LENDS = '' } = process.env;
const context = {
  registry: openRegistry(REGISTRY, { max: 3 }),
  databases: () => TARGET,
  patience: { ...defaultPatience, batchTime: 2, busyBatchTime: 2, duty: 1 },
  retention: defaultRetention,
  sharing: { portion: 700, invite: () => undefined },
  signal: new AbortController().signal,
  report: () => undefined,
};
console.log('started');
for (;;) {
  try {
    if (LENDS === '') {
      await executePersistently(context, RUN);
      break;
    }
    await lendLane(context, RUN);
    await sleep(10);
  } catch (error) {
    // The session of the one before may live on for a moment.
    if (!(error instanceof Busy) && !isTransient(error)) throw error;
  }
}
await context.registry.end();
