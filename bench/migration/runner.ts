// A runner in a process of its own, to be killed: node runner.js <run>.
import { openRegistry } from '../../registry/database.ts';
import { defaultPatience, defaultRetention } from '../../runner/context.ts';
import { executePersistently } from '../../runner/execute-persistently.ts';

const [run = ''] = process.argv.slice(2);
const { SLUICE_REGISTRY_URL: registryUrl = '', SLUICE_DATABASE_URL: url = '' } = process.env;
const report = (error: unknown) => process.stderr.write(`${String(error)}\n`);
const registry = openRegistry(registryUrl, { report });
await executePersistently(
  {
    registry,
    databases: () => url,
    patience: defaultPatience,
    retention: defaultRetention,
    signal: new AbortController().signal,
    report,
  },
  run,
);
