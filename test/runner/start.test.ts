import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { listEvents } from '../../registry/events.ts';
import { appQueue } from '../../registry/runs/progress.ts';
import { readRun } from '../../registry/runs/read.ts';
import { startRunner } from '../../runner/start.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';

it('takes an order from the outbox through the queue, calls for showing it, and completes it after the retention', async () => {
  const registry = await createTestRegistry();
  const target = await createTestDatabase();
  await createClaims(target.pool, { rows: 300 });
  const runner = await startRunner({ registryUrl: registry.url, databases: () => target.url, retention: 1 });
  const id = await orderClaims(registry.pool);
  while ((await readRun(registry.pool, id))?.state !== 'completed') await sleep(20);
  await runner.close();

  const { rows } = await registry.pool.query('SELECT name, data FROM sluice.outbox WHERE queue = $1', [appQueue]);
  expect(rows).toEqual([{ name: 'run-progress', data: { runId: id } }]);
  const events = await listEvents(registry.pool, { repository: 'acme/claims', subject: id });
  expect(events.map(({ kind }) => kind)).toEqual([
    'run.prechecking',
    'run.shadowing',
    'run.capturing',
    'run.backfilling',
    'run.verifying',
    'run.cutting-over',
    'run.reversing',
    'version.published',
    'run.completing',
    'run.completed',
  ]);
  const { rows: left } = await target.pool.query(
    `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname LIKE 'sluice%' AND c.relkind = 'r'`,
  );
  expect(left).toEqual([{ relname: 'ledger' }]);
});

it('shares a large table with the other runners at the same queue, each of which lends a lane while it has no run of its own', async () => {
  const registry = await createTestRegistry();
  const target = await createTestDatabase();
  await createClaims(target.pool, { rows: 12_000 });
  const options = {
    registryUrl: registry.url,
    databases: () => target.url,
    patience: { batchTime: 2, duty: 1 },
    portion: 1000,
  };
  const runners = [await startRunner(options), await startRunner(options), await startRunner({ ...options, lanes: 0 })];
  const id = await orderClaims(registry.pool);
  const holders = new Set<string>();
  while ((await readRun(registry.pool, id))?.state !== 'reversing') {
    const { rows } = await target.pool
      .query<{ holder: string }>('SELECT DISTINCT holder FROM sluice_runner.ranges WHERE holder IS NOT NULL')
      .catch(() => ({ rows: [] }));
    for (const { holder } of rows) holders.add(holder);
    await sleep(5);
  }
  await Promise.all(runners.map((runner) => runner.close()));
  expect(holders.size).toBeGreaterThanOrEqual(2);
  const { rows } = await target.pool.query(
    `SELECT count(*)::int AS n, count(*) FILTER (WHERE jsonb_typeof(document->'claim_amount') = 'number')::int AS numbers FROM claims`,
  );
  expect(rows).toEqual([{ n: 12_000, numbers: 12_000 }]);
  expect((await readRun(registry.pool, id))?.progress).toMatchObject({ records: 12_000, total: 12_000 });
});
