import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inTransaction } from '../../../registry/database.ts';
import { appendOutbox } from '../../../registry/outbox.ts';
import type { AddOptions, JobQueue } from '../../../registry/queue/port.ts';
import { startOutboxRelay } from '../../../registry/queue/relay.ts';
import { createTestRegistry } from '../../support/registry.ts';

/** A queue that remembers, and may be told to fail; what is under test is the relay. */
function memoryQueue(): JobQueue & { added: { data: unknown; options: AddOptions }[]; failing: boolean } {
  return {
    name: 'memory',
    added: [],
    failing: false,
    async add(_name, data, options = {}) {
      await Promise.resolve();
      if (this.failing) throw new Error('queue is down');
      this.added.push({ data, options });
    },
    work: () => ({ close: () => Promise.resolve() }),
    close: () => Promise.resolve(),
  };
}

it('hands over what was committed, and nothing that was rolled back', async () => {
  const { pool } = await createTestRegistry();
  const queue = memoryQueue();
  const relay = startOutboxRelay(pool, [queue], { interval: 3600_000 });
  await inTransaction(pool, (client) => appendOutbox(client, { queue: 'memory', name: 'run', data: { n: 1 } }));
  await inTransaction(pool, async (client) => {
    await appendOutbox(client, { queue: 'memory', name: 'run', data: { n: 2 } });
    throw new Error('no');
  }).catch(() => undefined);
  await relay.relayNow();
  await relay.relayNow();
  expect(queue.added.map(({ data }) => data)).toEqual([{ n: 1 }]);
  await relay.close();
});

it('keeps messages while the queue is down, and names each so that a repeat adds nothing', async () => {
  const { pool } = await createTestRegistry();
  const queue = memoryQueue();
  queue.failing = true;
  const failures: string[] = [];
  const relay = startOutboxRelay(pool, [queue], { interval: 10, report: (error) => failures.push(error.message) });
  await appendOutbox(pool, { queue: 'memory', name: 'run', key: 'k', data: { n: 1 } });
  await appendOutbox(pool, { queue: 'memory', name: 'run', key: 'k', data: { n: 2 } });
  while (failures.length < 2) await sleep(5);
  queue.failing = false;
  while (queue.added.length === 0) await sleep(5);
  expect(queue.added).toMatchObject([
    { data: { n: 2 }, options: { id: expect.stringMatching(/^outbox-\d+$/) as string, key: 'k' } },
  ]);
  await relay.close();
});

it('shares the work with other relays without handing anything over twice', async () => {
  const { pool } = await createTestRegistry();
  const queue = memoryQueue();
  for (let n = 0; n < 200; n++) await appendOutbox(pool, { queue: 'memory', name: 'run', data: { n } });
  const relays = [1, 2, 3].map(() => startOutboxRelay(pool, [queue], { interval: 5 }));
  while (queue.added.length < 200) await sleep(5);
  await Promise.all(relays.map((relay) => relay.close()));
  expect(new Set(queue.added.map(({ options }) => options.id)).size).toBe(200);
  expect(queue.added).toHaveLength(200);
});
