// How fast records move, and what the application feels of it: npm run bench:migration -- [--records 1000000] [--swaps 50]
// [--seconds 20] [--json]. One server, one run; compare the ratios, the rates are the machine's.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, Pool } from 'pg';
import { startEmbeddedPostgres } from '../../registry/embedded.ts';
import { migrateRegistry } from '../../registry/migrate.ts';
import { createBenchClaims } from './claims.ts';
import { measureForeground } from './foreground.ts';
import { quantile } from './quantiles.ts';
import { measureReference } from './reference.ts';
import { measureResume } from './resume.ts';
import { measureSwaps } from './swaps.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    swaps: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const records = Number(values.records);
const say = (line: string) => process.stderr.write(`${line}\n`);

const server = await startEmbeddedPostgres({ settings: { shared_buffers: '512MB', max_wal_size: '4GB' } });
try {
  for (const name of ['registry', 'target']) await administer(`CREATE DATABASE ${name}`);
  const url = server.urlOf('target');
  const registry = new Pool({ connectionString: server.urlOf('registry'), max: 5, application_name: 'sluice' });
  const target = new Pool({ connectionString: url, max: 5, application_name: 'sluice' });
  await migrateRegistry(registry);

  say(`${records} records`);
  await createBenchClaims(target, records);
  const client = new Client({ connectionString: url, application_name: 'sluice' });
  await client.connect();
  // Each once before, so that neither pays for what the other finds warm.
  await client.query('SELECT count(document) FROM claims');
  const reference = await measureReference(client);
  await client.query('CHECKPOINT');
  say(`reference ${Math.round(reference)}/s`);
  const copy = await runCopy();
  say(`sql ${Math.round(copy.rows_per_s)}/s`);
  const resume = await measureResume(registry, target, {
    CHAOS_REGISTRY: server.urlOf('registry'),
    CHAOS_TARGET: url,
  });
  say(`resume ${Math.round(resume)} ms`);
  const foreground = await measureForeground(registry, url, records, Number(values.seconds));
  say(`foreground ${JSON.stringify(foreground)}`);
  await createBenchClaims(target, 2000);
  const swaps = await measureSwaps(registry, target, url, Number(values.swaps));
  await client.end();
  await registry.end();
  await target.end();

  const result = {
    records,
    reference_rows_per_s: Math.round(reference),
    sql_rows_per_s: Math.round(copy.rows_per_s),
    script_rows_per_s: null,
    sql_ratio: round(copy.rows_per_s / reference),
    script_ratio: null,
    cutover_held_ms: held(swaps.cutoverHeld),
    cutover_client_worst_ms: round(swaps.clientWorst),
    rollback_held_ms: held(swaps.rollbackHeld),
    foreground,
    apply_rows_per_s: Math.round(copy.apply_rows_per_s),
    verify_ratio: round(copy.verify_ratio),
    resume_ms: Math.round(resume),
    peak_rss_mb: Math.round(copy.peak_rss_mb),
    absent: {
      script_rows_per_s: 'the runner executes no scripts yet',
      script_ratio: 'the runner executes no scripts yet',
    },
  };
  console.log(JSON.stringify(result, null, values.json ? undefined : 2));
} finally {
  await server.stop();
}

interface Copy {
  readonly rows_per_s: number;
  readonly verify_ratio: number;
  readonly apply_rows_per_s: number;
  readonly peak_rss_mb: number;
}

async function runCopy(): Promise<Copy> {
  const program = fileURLToPath(new URL('copy.js', import.meta.url));
  const env = { ...process.env, BENCH_REGISTRY: server.urlOf('registry'), BENCH_TARGET: server.urlOf('target') };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return JSON.parse(text) as Copy;
}

function held(milliseconds: readonly number[]): { p50: number; p99: number } {
  return { p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
