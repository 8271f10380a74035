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
