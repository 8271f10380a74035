import type { Pool } from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { createRun, retryRun } from '../../../registry/runs/create.ts';
import { moveRun } from '../../../registry/runs/move.ts';
import { noteCheckRun, saveProgress } from '../../../registry/runs/progress.ts';
import { listRuns, readRun } from '../../../registry/runs/read.ts';
import { orderOf } from '../../support/order.ts';
import { createTestRegistry } from '../../support/registry.ts';

let pool: Pool;
beforeAll(async () => {
  ({ pool } = await createTestRegistry());
});

it('makes one run and one job of an order, however often it is given', async () => {
  const order = orderOf({ fingerprint: 'f', installationId: 12, files: { old: {}, new: { 'schemas/a.json': '{}' } } });
  const ids = await Promise.all(Array.from({ length: 10 }, () => createRun(pool, order)));
  expect(new Set(ids).size).toBe(1);
  const [id = ''] = ids;
  expect(await readRun(pool, id)).toMatchObject({ ...order, id, state: 'planned', epoch: 0 });
  const { rows } = await pool.query('SELECT queue, name, data FROM sluice.outbox');
  expect(rows).toEqual([{ queue: 'sluice-runs', name: 'run', data: { runId: id } }]);
});

it('orders a run again only once it is over without success, and only once', async () => {
  const order = orderOf({ mergeCommit: 'again' });
  const id = await createRun(pool, order);
  expect(await retryRun(pool, id)).toBeUndefined();
  await moveRun(pool, id, 'planned', 'failed');
  const attempts = await Promise.all(Array.from({ length: 5 }, () => retryRun(pool, id)));
  const [second = '', ...others] = attempts.filter((attempt) => attempt !== undefined);
  expect(others).toEqual([]);
  expect(await readRun(pool, second)).toMatchObject({ ...order, state: 'planned' });
  expect(await createRun(pool, order)).toBe(second);
});

it('moves a run only along the state table, and only from where it is', async () => {
  const id = await createRun(pool, orderOf({ mergeCommit: 'moves' }));
  await expect(moveRun(pool, id, 'planned', 'completed')).rejects.toThrow(/cannot go from planned to completed/);
  const moved = await Promise.all(Array.from({ length: 20 }, () => moveRun(pool, id, 'planned', 'prechecking')));
  expect(moved.filter(Boolean)).toHaveLength(1);
  expect(
    await moveRun(pool, id, 'prechecking', 'failed', { error: { code: 'check-failed', message: 'no table' } }),
  ).toBe(true);
  expect(await readRun(pool, id)).toMatchObject({ state: 'failed', error: { code: 'check-failed' } });
  expect((await readRun(pool, id))?.finished).toBeInstanceOf(Date);
});

it('remembers progress, each newer than the last', async () => {
  const id = await createRun(pool, orderOf({ mergeCommit: 'progress' }));
  const progress = {
    step: 4,
    steps: 7,
    records: 10,
    total: 100,
    recordsPerSecond: 5,
    batches: 1,
    captured: 0,
    remaining: undefined,
    checkpoint: '10',
    hold: undefined,
    rollbackAvailable: true,
  };
  const before = (await readRun(pool, id))?.progressSeq ?? -1;
  await saveProgress(pool, id, progress, 'copying records');
  await noteCheckRun(pool, id, 99);
  const run = await readRun(pool, id);
  expect(run).toMatchObject({ step: 'copying records', checkRunId: 99, progress: { records: 10 } });
  expect(run?.progressSeq).toBeGreaterThan(before);
});

it('lists runs by repository, pull request and state', async () => {
  await createRun(pool, orderOf({ mergeCommit: 'listed', repository: 'acme/other', pullRequest: 1 }));
  expect(await listRuns(pool, { repository: 'acme/other', pullRequest: 1 })).toHaveLength(1);
  expect(await listRuns(pool, { repository: 'acme/other', states: ['failed'] })).toEqual([]);
  expect(await listRuns(pool, { states: ['planned'], limit: 2 })).toHaveLength(2);
});
