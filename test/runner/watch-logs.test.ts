import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listEvents } from '../../registry/events.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { advance } from '../../runner/advance.ts';
import { defaultPatience, type RunnerContext } from '../../runner/context.ts';
import { executeRun } from '../../runner/execute.ts';
import { steer } from '../../runner/steer.ts';
import { keepWatchingLogs, logWords, watchLogs } from '../../runner/watch-logs.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { proceed } from '../support/proceed.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';

let registry: Pool;
let target: Pool;
let url: string;
let said: string[];
let context: RunnerContext;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
  said = [];
  const report = (message: string) => void said.push(message);
  context = runnerContext(registry, url, { report, patience: { ...defaultPatience, logSize: 1 } });
});

afterEach(() => {
  vi.useRealTimers();
});

async function read(id: string): Promise<Run> {
  const run = await readRun(registry, id);
  if (run === undefined) throw new Error('no run');
  return run;
}

/** What was told of the logs of a run, oldest first. */
async function told(id: string) {
  const events = await listEvents(registry, { repository: 'acme/claims', subject: id });
  return events.filter(({ kind }) => kind === 'log.grown').map(({ data }) => data);
}

it('says while the old table is kept that the way back has become long, again when it has doubled, and goes back all the same', async () => {
  await createClaims(target, { rows: 1000 });
  const id = await orderClaims(registry);
  const before = await proceed(registry, url, id);
  await watchLogs(context);
  expect(await told(id)).toEqual([]);

  await target.query(`UPDATE claims SET region = 'south'`);
  await watchLogs({ ...context, patience: defaultPatience });
  expect(await told(id)).toEqual([]);
  await watchLogs(context);
  const run = await read(id);
  expect(run.step).toMatch(
    /^the new table is in use; 1,000 keys \(1 MiB\) written since the swap are noted for the way back: rolling back begins by carrying them over, and nothing tells yet how long that takes$/,
  );
  expect(await told(id)).toMatchObject([{ state: 'reversing', keys: 1000, reason: run.step }]);
  expect(said).toEqual([`run ${id}: ${run.step}`]);
  // The retention counts from there.
  expect(run.updated).toEqual(before.updated);

  await watchLogs(context);
  expect(await told(id)).toHaveLength(1);
  await target.query(
    `UPDATE claims SET region = 'east'; UPDATE claims SET region = 'west'; UPDATE claims SET region = 'north'`,
  );
  // Two runners look in the same moment.
  await Promise.all([watchLogs(context), watchLogs(context)]);
  expect(await told(id)).toMatchObject([{ keys: 1000 }, { keys: 4000 }]);

  await advance(registry, await read(id), 'rolling-back');
  const back = await proceed(registry, url, id);
  expect(back).toMatchObject({ state: 'rolled-back', step: 'the old table is in use again' });
  expect(back.progress?.log).toBeUndefined();
  const { rows } = await target.query(`SELECT count(*)::int AS count FROM claims WHERE region = 'north'`);
  expect(rows).toEqual([{ count: 1000 }]);
  await watchLogs(context);
  expect(await told(id)).toHaveLength(2);
});

it('says while a run is paused how much waits, with the time that it will take, and is silent of it once it goes on', async () => {
  await createClaims(target, { rows: 1000 });
  const id = await orderClaims(registry);
  // Everything is too much: the copy stands still, and what is written is carried over meanwhile.
  const patience = { ...defaultPatience, oldestTransaction: -1 };
  const work = executeRun(runnerContext(registry, url, { patience }), id);
  while ((await read(id)).state !== 'backfilling') await new Promise((resolve) => setImmediate(resolve));
  await target.query(`UPDATE claims SET region = 'south'`);
  while ((await read(id)).progress?.captured !== 1000) await new Promise((resolve) => setImmediate(resolve));
  await steer(registry, id, 'pause', 'developer');
  await work;

  await target.query(`UPDATE claims SET region = 'east'`);
  await watchLogs(context);
  const held = await read(id);
  expect(held.state).toBe('paused');
  expect(held.step).toMatch(
    /^held; 1,000 keys \(1 MiB\) of what the application wrote wait to be carried over: resumed, the run does that first, in about [1-9][0-9]* s$/,
  );
  expect(await told(id)).toMatchObject([{ state: 'paused', keys: 1000, reason: held.step }]);

  await steer(registry, id, 'resume', 'developer');
  const after = await proceed(registry, url, id);
  expect(after).toMatchObject({ state: 'reversing', step: 'the new table is in use' });
  expect(after.progress?.log).toBeUndefined();
  expect(after.progress?.hold).toBeUndefined();
});

it('looks every minute until it is told to stop', async () => {
  await createClaims(target, { rows: 200 });
  const id = await orderClaims(registry);
  await proceed(registry, url, id);
  await target.query(`UPDATE claims SET region = 'south'`);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const stop = keepWatchingLogs(context);
  vi.advanceTimersByTime(59_999);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  while (said.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(await told(id)).toMatchObject([{ keys: 200 }]);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('goes on to the next run where a database cannot be reached, and says so', async () => {
  await createClaims(target, { rows: 200 });
  const id = await orderClaims(registry);
  await proceed(registry, url, id);
  await target.query(`UPDATE claims SET region = 'south'`);
  const gone = new URL(url);
  gone.pathname = '/nowhere';
  await watchLogs({ ...context, databases: () => gone.href });
  expect(said).toEqual([expect.stringMatching(new RegExp(`^run ${id}: how many keys are noted cannot be seen: `))]);
  await watchLogs({ ...context, databases: () => undefined });
  expect(await told(id)).toEqual([]);
  await watchLogs(context);
  expect(await told(id)).toHaveLength(1);
});

it.each([
  [{ bytes: 2 ** 29, keys: 14_000_000, seconds: 700 }, '14,000,000 keys (512 MiB)', 'in about 12 min'],
  [{ bytes: 8192, keys: 1, seconds: 1 }, '1 key (1 MiB)', 'in about 1 s'],
])('words a log of %j', (note, size, span) => {
  for (const direction of ['forward', 'back'] as const) {
    expect(logWords(direction, note)).toContain(size);
    expect(logWords(direction, note)).toContain(span);
  }
});
