import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueue } from '../../../registry/queue/bullmq.ts';
import type { Job, JobQueue } from '../../../registry/queue/port.ts';
import { createTestDatabase } from '../../support/postgres.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('The queue on Redis is not tested: there is no redis-server on the PATH.');

describe('the queue on PostgreSQL', () => {
  let url = '';
  beforeAll(async () => {
    ({ url } = await createTestDatabase());
  });
  behaviour(() => url);
});

describe.skipIf(!hasRedis)('the queue on Redis', () => {
  let url = '';
  let server: ChildProcess | undefined;
  beforeAll(async () => {
    const port = await freePort();
    server = spawn('redis-server', ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: '/tmp',
    });
    for await (const chunk of server.stdout ?? []) if (String(chunk).includes('Ready to accept')) break;
    url = `redis://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    server?.kill();
    if (server) await once(server, 'close');
  });
  behaviour(() => url);
});

function behaviour(url: () => string): void {
  it('hands over a job once, with its data', async () => {
    const queue = await openQueue(url(), 'plain');
    const seen = collect(queue);
    await queue.add('run', { runId: 'a' });
    expect(await seen.until(1)).toMatchObject([{ name: 'run', data: { runId: 'a' } }]);
    await queue.close();
  });

  it('does not add a message twice, nor a job whose key already waits', async () => {
    const queue = await openQueue(url(), 'dedupe');
    await queue.add('run', { n: 1 }, { id: 'outbox-1' });
    await queue.add('run', { n: 1 }, { id: 'outbox-1' });
    await queue.add('run', { n: 2 }, { key: 'k' });
    await queue.add('run', { n: 3 }, { key: 'k' });
    await queue.add('last', {});
    const seen = collect(queue);
    const jobs = await seen.until(3);
    expect(jobs.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }, {}]);
    await queue.close();
  });

  it('runs a keyed job once more when its like came while it was running', async () => {
    const queue = await openQueue(url(), 'keep-last');
    const seen: unknown[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    queue.work(async ({ data }) => {
      seen.push(data);
      if (seen.length === 1) await gate;
    });
    await queue.add('pull-request', { head: 1 }, { key: 'pr-7' });
    while (seen.length === 0) await sleep(10);
    await queue.add('pull-request', { head: 2 }, { key: 'pr-7' });
    await queue.add('pull-request', { head: 3 }, { key: 'pr-7' });
    release();
    while (seen.length < 2) await sleep(10);
    expect(seen).toEqual([{ head: 1 }, { head: 3 }]);
    await queue.close();
  });

  it('tries a failed job again and tells of the failure', async () => {
    const reported: string[] = [];
    const queue = await openQueue(url(), 'retry', (error) => reported.push(error.message));
    const tries: string[] = [];
    queue.work(async ({ id }) => {
      tries.push(id);
      if (tries.length === 1) throw new Error('not yet');
      await Promise.resolve();
    });
    await queue.add('run', {});
    while (tries.length < 2) await sleep(20);
    expect(reported).toContain('not yet');
    await queue.close();
  });

  it('holds a delayed job back', async () => {
    const queue = await openQueue(url(), 'delay');
    await queue.add('late', {}, { delay: 300 });
    await queue.add('now', {});
    const jobs = await collect(queue).until(2);
    expect(jobs.map(({ name }) => name)).toEqual(['now', 'late']);
    await queue.close();
  });

  it('adds jobs together with one that comes after all of them, once', async () => {
    const queue = await openQueue(url(), 'flow');
    const job = (id: string) => ({ name: id.startsWith('t') ? 'table' : 'range', data: { id }, id });
    await queue.addFlow(job('t1'), [job('r1'), job('r2'), job('r3')]);
    await queue.addFlow(job('t1'), [job('r1'), job('r2'), job('r3')]);
    await queue.addFlow(job('t2'), [job('r4')]);
    expect(await queue.countWaiting()).toBe(4);
    const seen: string[] = [];
    queue.work(
      async ({ data }) => {
        await sleep(20);
        seen.push((data as { id: string }).id);
      },
      { concurrency: 2 },
    );
    while (seen.length < 6) await sleep(10);
    await sleep(200);
    expect(seen.toSorted()).toEqual(['r1', 'r2', 'r3', 'r4', 't1', 't2']);
    expect(seen.indexOf('t1')).toBeGreaterThan(Math.max(...['r1', 'r2', 'r3'].map((id) => seen.indexOf(id))));
    expect(seen.indexOf('t2')).toBeGreaterThan(seen.indexOf('r4'));
    await queue.close();
  });

  it('leaves jobs to others while a worker is paused, and takes them again afterwards', async () => {
    const queue = await openQueue(url(), 'pause');
    const seen: string[] = [];
    const take = (by: string) =>
      queue.work(async () => {
        seen.push(by);
        await Promise.resolve();
      });
    const first = take('first');
    await queue.add('run', {});
    while (seen.length === 0) await sleep(10);
    await first.pause();
    // What it was just waiting for may come still.
    await queue.add('run', {});
    const second = take('second');
    while (seen.length < 2) await sleep(10);
    const before = seen.length;
    for (let n = 0; n < 5; n++) await queue.add('run', { n });
    while (seen.length < before + 5) await sleep(10);
    expect(new Set(seen.slice(before))).toEqual(new Set(['second']));
    await second.close();
    await first.resume();
    await queue.add('run', {});
    while (seen.length < before + 6) await sleep(10);
    expect(seen.at(-1)).toBe('first');
    await queue.close();
  });
}

function collect(queue: JobQueue): { until(count: number): Promise<Job[]> } {
  const jobs: Job[] = [];
  queue.work(async (job) => {
    jobs.push(job);
    await Promise.resolve();
  });
  return {
    until: async (count) => {
      while (jobs.length < count) await sleep(10);
      return jobs;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
