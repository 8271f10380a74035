import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FailingKey, failingRecordsOf, orderFailingRecords } from '../../registry/failing-records.ts';
import { listFailingRecords } from '../../runner/list-failing-records.ts';
import { startRunner } from '../../runner/start.ts';
import { claimOrder, createClaims } from '../support/claims.ts';
import { dumpDatabase } from '../support/dump.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

const job = { queue: 'sluice-app', name: 'pull-request', key: 'looked', data: {} };
const order = claimOrder();
const key: FailingKey = {
  repository: order.repository,
  pullRequest: 1,
  fingerprint: 'f',
  path: order.path,
  pointer: '/policy_number',
};

async function look(part: Partial<typeof order.target> = {}, again = false) {
  await orderFailingRecords(registry, key, { target: { ...order.target, ...part }, again }, job);
  await listFailingRecords(runnerContext(registry, url), key);
  return (await failingRecordsOf(registry, key))[0]?.seen;
}

describe('looking for the records that keep a condition from being met', () => {
  it('tells keys and places, and no value; writes nothing to the table, and hands over what waits for it', async () => {
    await createClaims(target, { rows: 30 });
    const before = await dumpDatabase(target);
    expect(await look()).toEqual({
      total: 3,
      csv: 'id,pointer,reason\n10,/policy_number,missing\n20,/policy_number,missing\n30,/policy_number,missing\n',
    });
    expect(await dumpDatabase(target)).toEqual(before);
    expect((await registry.query(`SELECT FROM sluice.outbox WHERE key = 'looked'`)).rowCount).toBe(1);
  });

  it('lists a hundred and counts them all', async () => {
    await createClaims(target, { rows: 1500 });
    const seen = await look();
    expect(seen?.total).toBe(150);
    expect(seen?.csv.trim().split('\n')).toHaveLength(101);
  });

  it('looks once, and once more when asked again; what was seen stays until then', async () => {
    await createClaims(target, { rows: 30 });
    await look();
    await target.query(`UPDATE claims SET document = document || '{"policy_number": "P"}' WHERE id = 10`);
    expect(await look()).toMatchObject({ total: 3 });
    expect(await look({}, true)).toMatchObject({ total: 2 });
    await target.query('DROP TABLE claims');
    expect(await look({}, true)).toMatchObject({ total: 2 });
  });

  it('tells no key that may be the name of somebody', async () => {
    await createClaims(target, { rows: 30, key: 'text', keyValue: `'somebody ' || n` });
    expect(await look()).toEqual({ total: 3, csv: '' });
    await target.query('ALTER TABLE claims DROP CONSTRAINT claims_pkey, ADD COLUMN number integer NOT NULL DEFAULT 7');
    await target.query('ALTER TABLE claims ADD PRIMARY KEY (number, id)');
    const seen = await look({ key: 'number,id' });
    expect(seen?.csv).toMatch(/^number,id,pointer,reason\n7,\*\*\*,\/policy_number,missing\n/);
    expect(seen?.csv).not.toContain('somebody');
  });

  it('is what a runner does when it is ordered', async () => {
    await createClaims(target, { rows: 30 });
    const { url: registryUrl, pool } = await createTestRegistry();
    await orderFailingRecords(pool, key, { target: order.target, again: false }, job);
    const runner = await startRunner({ registryUrl, databases: () => url });
    const seen = async () => (await failingRecordsOf(pool, key))[0]?.seen;
    while ((await seen()) === undefined) await sleep(20);
    await runner.close();
    expect(await seen()).toMatchObject({ total: 3 });
  });

  it('tells nothing where this runner cannot look', async () => {
    expect(await look()).toBeUndefined();
    expect(await look({ database: 'other' }, true)).toBeUndefined();
    await expect(listFailingRecords(runnerContext(registry, url), {})).rejects.toThrow(TypeError);
  });
});
