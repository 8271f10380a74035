import { startRunner } from '../../../runner/start.ts';

// A runner in a process of its own, to be killed. Says when it has begun.
const { REGISTRY = '', TARGET = '' } = process.env;
await startRunner({
  registryUrl: REGISTRY,
  databases: () => TARGET,
  patience: { batchTime: 2, duty: 1 },
  report: (message) => process.stderr.write(process.env['SHOW'] ? `${message}\n` : ''),
});
console.log('started');
