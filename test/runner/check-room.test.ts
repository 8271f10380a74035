import { expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { freeBytes, refuseWithout } from '../../runner/check-room.ts';
import { connectTarget } from '../../runner/databases/postgres/connect.ts';
import { readRoom } from '../../runner/databases/postgres/room.ts';
import { executeRun } from '../../runner/execute.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';

it('notes what the copy takes, and what is free where the files of the server are on this machine', async () => {
  const { pool: registry } = await createTestRegistry();
  const { pool: target, url } = await createTestDatabase();
  await createClaims(target, { rows: 2000 });
  const id = await orderClaims(registry);
  await executeRun(runnerContext(registry, url), id);
  const room = (await readRun(registry, id))?.outcome?.room;
  expect(room?.needed).toBeGreaterThan(2 * 200_000);

  const client = await connectTarget(url);
  const { rows } = await target.query<{ oid: string }>("SELECT 'claims'::regclass::oid::text AS oid");
  const known = await readRoom(client, rows[0]?.oid ?? '');
  await client.end();
  // A server on another machine, or a folder of the same name that is another server's: nothing is known.
  expect(await freeBytes({ ...known, folder: '/no/such/folder' })).toBeUndefined();
  expect(await freeBytes({ ...known, identifier: '1' })).toBeUndefined();
});

it('refuses what is known not to fit, in numbers, and nothing else', () => {
  expect(() => refuseWithout({ needed: 4e9, free: 1.5e9 })).toThrow(/take about 4.0 GB.*has 1.5 GB left/);
  expect(() => refuseWithout({ needed: 4e9, free: 4e9 })).not.toThrow();
  expect(() => refuseWithout({ needed: 4e9 })).not.toThrow();
});
