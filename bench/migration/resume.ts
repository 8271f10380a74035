import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { steer } from '../../runner/steer.ts';
import { orderClaims } from '../../test/support/claims.ts';

/** Milliseconds from the start of the next runner to its first batch, after the one before was killed by -9 while it copied. */
export async function measureResume(registry: Pool, target: Pool, urls: Record<string, string>): Promise<number> {
  const id = await orderClaims(registry);
  const copied = async (): Promise<number> => {
    const { rows } = await target.query<{ copied: string }>(
      "SELECT copied FROM sluice_runner.ledger WHERE run_id = $1 AND phase = 'capturing'",
      [id],
    );
    return Number(rows[0]?.copied ?? 0);
  };
  const first = start(urls);
  while ((await copied()) === 0) await sleep(5);
  const ended = once(first, 'close');
  first.kill('SIGKILL');
  await ended;
  const before = await copied();
  const began = performance.now();
  const second = start(urls);
  while ((await copied()) === before) await sleep(2);
  const took = performance.now() - began;
  await steer(registry, id, 'cancel', 'bench');
  for (let state = ''; state !== 'cancelled'; await sleep(50)) {
    const { rows } = await registry.query<{ state: string }>('SELECT state FROM sluice.runs WHERE id = $1', [id]);
    state = rows[0]?.state ?? '';
  }
  second.kill('SIGKILL');
  await once(second, 'close');
  return took;
}

function start(urls: Record<string, string>) {
  const program = fileURLToPath(new URL('../chaos/runner.js', import.meta.url));
  return spawn(process.execPath, [program], {
    env: { ...process.env, ...urls },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
