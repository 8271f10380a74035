import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultPatience } from '../../runner/context.ts';
import { connectTarget } from '../../runner/databases/postgres/connect.ts';
import { readSignals } from '../../runner/databases/postgres/signals.ts';
import { defaultRange } from '../../runner/duty.ts';
import { reasonFor, Throttle } from '../../runner/throttle.ts';
import { Stopped } from '../../runner/work.ts';
import { createTestDatabase } from '../support/postgres.ts';

const table = { oid: '1259' };
let url: string;
let target: Pool;
beforeEach(async () => {
  ({ url, pool: target } = await createTestDatabase());
});
afterEach(() => {
  vi.useRealTimers();
});

it('runs at full speed alone, and takes short turns with rests beside an application', async () => {
  const client = await connectTarget(url);
  const alone = new Throttle(client, { ...defaultPatience, duty: 0.5 }, table);
  expect(await alone.reasonToHold()).toBeUndefined();
  expect(alone.turn).toBe(defaultPatience.batchTime);

  await target.query('SELECT 1');
  const busy = new Throttle(client, { ...defaultPatience, duty: 0.5 }, table);
  expect(await busy.reasonToHold()).toBeUndefined();
  expect(busy.turn).toBe(defaultPatience.busyBatchTime);
  // A rest is cut short when the runner is to stop; where there is none, there is nothing to cut.
  await expect(busy.rest(1000, AbortSignal.abort())).rejects.toBeInstanceOf(Stopped);
  await expect(alone.rest(1000, AbortSignal.abort())).resolves.toBeUndefined();
  await client.end();
});

it('takes less of the time where the server is late after a turn of the copy', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const client = await connectTarget(url);
  const query = client.query.bind(client) as (...parts: unknown[]) => Promise<unknown>;
  let isLate = false;
  client.query = (async (...parts: unknown[]) => {
    const answer = await query(...parts);
    if (isLate) await sleep(200);
    return answer;
  }) as typeof client.query;

  const throttle = new Throttle(client, defaultPatience, table);
  expect(throttle.share).toBe(defaultRange.start);
  for (let turn = 0; turn < 5; turn++) {
    // The application: alone the copy takes all of the time.
    await target.query('SELECT 1');
    isLate = false;
    expect(await throttle.reasonToHold()).toBeUndefined();
    vi.setSystemTime(Date.now() + 300);
    isLate = true;
    await throttle.rest(1, new AbortController().signal);
    vi.setSystemTime(Date.now() + 300);
  }
  expect(throttle.share).toBeLessThan(defaultRange.start);
  await client.end();
});

it('does not take other runners and the registry for an application', async () => {
  const client = await connectTarget(url);
  const registry = new Client({ connectionString: url, application_name: 'sluice' });
  await registry.connect();
  await registry.query('SELECT 1');
  expect((await readSignals(client, table.oid)).activeSessions).toBe(0);
  await registry.end();
  await client.end();
});

it('holds with a reason while a replica is too far behind, and fails closed when the signals cannot be read', async () => {
  const client = await connectTarget(url);
  const impatient = new Throttle(client, { ...defaultPatience, replicationLag: -1 }, table);
  expect(await impatient.reasonToHold()).toBe('a replica is 0 s behind');
  await client.end();
  await expect(new Throttle(client, defaultPatience, table).reasonToHold()).rejects.toThrow(/not queryable|closed/);
});

it('holds with a reason, and takes nothing for granted, where the role may not see how the database is doing', async () => {
  const role = `blind_${Math.random().toString(36).slice(2, 10)}`;
  await target.query(
    `CREATE ROLE ${role} LOGIN PASSWORD 'blind'; REVOKE EXECUTE ON FUNCTION pg_current_wal_lsn() FROM PUBLIC`,
  );
  const address = new URL(url);
  address.username = role;
  address.password = 'blind';
  const client = await connectTarget(address.href);
  const throttle = new Throttle(client, defaultPatience, table);
  expect(await throttle.reasonToHold()).toMatch(/cannot be read \(42501\)/);
  expect(throttle.turn).toBe(defaultPatience.busyBatchTime);
  await client.end();
  await target.query(`GRANT EXECUTE ON FUNCTION pg_current_wal_lsn() TO PUBLIC; DROP ROLE ${role}`);
});

it('holds while a transaction of somebody else keeps the server from cleaning up, and goes on after it', async () => {
  const old = new Client({ connectionString: url });
  await old.connect();
  await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM pg_class LIMIT 1');
  const client = await connectTarget(url);
  const signals = await readSignals(client, table.oid);
  expect(signals.oldestTransaction).toBeGreaterThan(0);
  const limits = { ...defaultPatience, oldestTransaction: signals.oldestTransaction / 2 };
  expect(await new Throttle(client, limits, table).reasonToHold()).toMatch(/keeps the server from cleaning up/);
  await old.end();
  await client.end();
});

it.each([
  [{ archiveBacklog: 65 }, /65 files of the log wait/],
  [{ walRate: 300e6 }, /300 MB of log a second/],
  [{ oldestTransaction: 4000 }, /a transaction of 4000 s/],
  [{ vacuuming: true }, /vacuumed/],
  [{ latency: 2500 }, /2500 ms to answer/],
  [{ replicationLag: 11 }, /a replica is 11 s behind/],
  [{}, /^goes on$/],
] as const)('holds for %j', (signal, reason) => {
  const calm = {
    activeSessions: 0,
    replicationLag: 0,
    archiveBacklog: 0,
    walRate: 0,
    oldestTransaction: 0,
    vacuuming: false,
    latency: 1,
  };
  const given = reasonFor({ ...calm, ...signal }, defaultPatience);
  expect(given ?? 'goes on').toMatch(reason);
});
