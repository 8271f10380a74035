import { startRunner } from '../../runner/start.ts';

// A runner in a process of its own, to be killed. Short batches, so that there are many moments to die in.
const { CHAOS_REGISTRY = '', CHAOS_TARGET = '' } = process.env;
await startRunner({
  registryUrl: CHAOS_REGISTRY,
  databases: () => CHAOS_TARGET,
  patience: { batchTime: 2, duty: 1, giveUpAfter: 24 * 3600_000 },
});
console.log('started');
