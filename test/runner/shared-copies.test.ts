import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openQueue } from '../../registry/queue/bullmq.ts';
import { openSharedCopies } from '../../runner/shared-copies.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';

it('asks for each range, once, and no more where nobody takes what it asked before', async () => {
  const { url } = await createTestDatabase();
  const failures: unknown[] = [];
  const shared = await openSharedCopies({ url, report: (error) => failures.push(error), lanes: 0 });
  const queue = await openQueue(url, 'sluice-ranges');
  shared.sharing.invite('a-run', '1-0', 8);
  while ((await queue.countWaiting()) < 8) await sleep(5);
  shared.sharing.invite('a-run', '1-0', 8);
  for (let round = 1; round < 8; round++) {
    shared.sharing.invite('a-run', `1-${round}`, 8);
    while ((await queue.countWaiting()) < 8 * (round + 1)) await sleep(5);
  }
  shared.sharing.invite('a-run', '1-8', 8);
  await sleep(200);
  expect(await queue.countWaiting()).toBe(64);
  expect(failures).toEqual([]);
  await shared.close();
  await queue.close();
});

it('takes no invitation while it is at a run of its own', async () => {
  const { pool, url } = await createTestRegistry();
  const shared = await openSharedCopies({ url, report: () => undefined });
  const queue = await openQueue(url, 'sluice-ranges');
  const taken: string[] = [];
  // There is no such run: what is taken is over at once.
  shared.start(runnerContext(pool, url, { report: (line) => taken.push(line) }));
  await shared.duringOwnRun(async () => {
    // What it was just waiting for may come still; it is left at once.
    shared.sharing.invite('no-run', '1-0', 8);
    while ((await queue.countWaiting()) < 7) await sleep(5);
    await sleep(200);
    expect(await queue.countWaiting()).toBeGreaterThanOrEqual(7);
  });
  while ((await queue.countWaiting()) > 0) await sleep(5);
  expect(taken).toEqual([]);
  await shared.close();
  await queue.close();
});
