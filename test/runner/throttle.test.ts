import { Client, type Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { defaultPatience } from '../../runner/context.ts';
import { connectTarget } from '../../runner/databases/postgres/connect.ts';
import { readSignals } from '../../runner/databases/postgres/signals.ts';
import { Throttle } from '../../runner/throttle.ts';
import { Stopped } from '../../runner/work.ts';
import { createTestDatabase } from '../support/postgres.ts';

let url: string;
let target: Pool;
beforeEach(async () => {
  ({ url, pool: target } = await createTestDatabase());
});

it('runs at full speed alone, and takes short turns with rests beside an application', async () => {
  const client = await connectTarget(url);
  const alone = new Throttle(client, { ...defaultPatience, duty: 0.5 });
  expect(await alone.reasonToHold()).toBeUndefined();
  expect(alone.turn).toBe(defaultPatience.batchTime);

  await target.query('SELECT 1');
  const busy = new Throttle(client, { ...defaultPatience, duty: 0.5 });
  expect(await busy.reasonToHold()).toBeUndefined();
  expect(busy.turn).toBe(defaultPatience.busyBatchTime);
  // A rest is cut short when the runner is to stop; where there is none, there is nothing to cut.
  await expect(busy.rest(1000, AbortSignal.abort())).rejects.toBeInstanceOf(Stopped);
  await expect(alone.rest(1000, AbortSignal.abort())).resolves.toBeUndefined();
  await client.end();
});

it('does not take other runners and the registry for an application', async () => {
  const client = await connectTarget(url);
  const registry = new Client({ connectionString: url, application_name: 'sluice' });
  await registry.connect();
  await registry.query('SELECT 1');
  expect((await readSignals(client)).activeSessions).toBe(0);
  await registry.end();
  await client.end();
});

it('holds with a reason while a replica is too far behind, and fails closed when the signals cannot be read', async () => {
  const client = await connectTarget(url);
  const impatient = new Throttle(client, { ...defaultPatience, replicationLag: -1 });
  expect(await impatient.reasonToHold()).toBe('a replica is 0 s behind');
  await client.end();
  await expect(new Throttle(client, defaultPatience).reasonToHold()).rejects.toThrow(/not queryable|closed/);
});
