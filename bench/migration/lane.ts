// A runner in a process of its own that copies beside another: node lane.js <run>. Says when it is ready.
import { setTimeout as sleep } from 'node:timers/promises';
import { openRegistry } from '../../registry/database.ts';
import { defaultPatience, defaultRetention } from '../../runner/context.ts';
import { lendLane } from '../../runner/lend-lane.ts';

const [run = ''] = process.argv.slice(2);
const { SLUICE_REGISTRY_URL: registryUrl = '', SLUICE_DATABASE_URL: url = '' } = process.env;
const report = (error: unknown) => process.stderr.write(`${String(error)}\n`);
const context = {
  registry: openRegistry(registryUrl, { report }),
  databases: () => url,
  patience: defaultPatience,
  retention: defaultRetention,
  signal: new AbortController().signal,
  report,
};
console.log('ready');
for (;;) {
  await lendLane(context, run);
  await sleep(10);
}
