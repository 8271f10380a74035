import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { orderClaims } from '../../test/support/claims.ts';
import type { Stage } from './stage.ts';

/** Milliseconds from the start of a new runner to its first batch, after another one was killed in the middle of a copy. */
export async function measureResume(stage: Stage, say: (what: string) => void): Promise<number> {
  say('killing a runner in the middle of a copy');
  const url = await stage.database();
  const run = await orderClaims(stage.registry);
  const target = new Client({ connectionString: url });
  await target.connect();
  try {
    const first = startRunner(stage, url, run);
    const before = await pastCheckpoint(target, '0');
    first.kill('SIGKILL');
    await once(first, 'exit');
    const stood = (await checkpoint(target)) ?? before;
    const start = performance.now();
    const second = startRunner(stage, url, run);
    await pastCheckpoint(target, stood);
    const took = performance.now() - start;
    second.kill('SIGKILL');
    await once(second, 'exit');
    return Math.round(took);
  } finally {
    await target.end();
  }
}

function startRunner(stage: Stage, url: string, run: string) {
  const program = fileURLToPath(new URL('./runner.js', import.meta.url));
  const registry = stage.registry.options.connectionString ?? '';
  return spawn(process.execPath, [program, run], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, SLUICE_REGISTRY_URL: registry, SLUICE_DATABASE_URL: url },
  });
}

async function pastCheckpoint(target: Client, mark: string): Promise<string> {
  for (;;) {
    const reached = await checkpoint(target);
    if (reached !== undefined && Number(reached) > Number(mark)) return reached;
    await sleep(5);
  }
}

async function checkpoint(target: Client): Promise<string | undefined> {
  const { rows } = await target.query<{ there: boolean }>(
    `SELECT to_regclass('sluice_runner.ledger') IS NOT NULL AS there`,
  );
  if (rows[0]?.there !== true) return undefined;
  const ledger = await target.query<{ checkpoint: string | null }>('SELECT checkpoint FROM sluice_runner.ledger');
  return ledger.rows[0]?.checkpoint ?? undefined;
}
