import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { acceptCount, type CountKey, orderCount, readCount } from '../../registry/record-counts.ts';
import { retryRun } from '../../registry/runs/create.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { countForDecision } from '../../runner/count-records.ts';
import { executeRun } from '../../runner/execute.ts';
import { claimSql, createClaims, orderClaims } from '../support/claims.ts';
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
  await createClaims(target, { rows: 50 });
});

const job = { queue: 'sluice-app', name: 'pull-request', key: 'counted', data: {} };

/** An order that was approved when its table held what it holds now. */
async function orderCounted(): Promise<{ run: Run; key: CountKey }> {
  const run = await readRun(registry, await orderClaims(registry));
  if (run?.fingerprint === undefined) throw new Error('the order is not approved');
  const { repository, pullRequest, path, fingerprint } = run;
  const key = { repository, pullRequest, path, fingerprint, moment: 'approved' } as const;
  expect(await orderCount(registry, key, { target: run.target, threshold: 20 }, job)).toBe(true);
  await countForDecision(runnerContext(registry, url), key);
  return { run, key };
}

async function execute(id: string): Promise<Run | undefined> {
  await executeRun(runnerContext(registry, url), id);
  return readRun(registry, id);
}

const addRecords = (count: number) =>
  target.query(
    `INSERT INTO claims (document) SELECT ${claimSql('n')} FROM generate_series(1001, 1000 + $1::int) AS n`,
    [count],
  );

describe('counting for a decision', () => {
  it('counts once, writes nothing to the table, and hands over what waits for it', async () => {
    const before = await dumpDatabase(target);
    const { run, key } = await orderCounted();
    expect(await readCount(registry, key)).toMatchObject({ records: 50 });
    expect(await dumpDatabase(target)).toEqual(before);
    expect((await registry.query(`SELECT FROM sluice.outbox WHERE key = 'counted'`)).rowCount).toBe(1);
    expect(await orderCount(registry, key, { target: run.target, threshold: 20 }, job)).toBe(false);
  });

  it('leaves open what a runner without the address of the database cannot know', async () => {
    const { run, key } = await orderCounted();
    const again = { ...key, moment: 'again' } as const;
    await orderCount(registry, again, { target: { ...run.target, database: 'other' }, threshold: 20 }, job);
    const context = { ...runnerContext(registry, url), databases: () => undefined };
    await countForDecision(context, again);
    expect(await readCount(registry, again)).toMatchObject({ records: undefined });
  });

  it('refuses a job that says something else', async () => {
    await expect(countForDecision(runnerContext(registry, url), { moment: 'approved' })).rejects.toThrow(TypeError);
  });
});

describe('a run whose table has changed since it was approved', () => {
  it('runs when the number of records is about the same', async () => {
    const { run } = await orderCounted();
    await addRecords(900);
    expect(await execute(run.id)).toMatchObject({ state: 'reversing' });
  });

  it('is refused, and nothing written, when there are many more', async () => {
    const { run } = await orderCounted();
    await addRecords(1200);
    const before = await dumpDatabase(target);
    expect(await execute(run.id)).toMatchObject({ state: 'failed', error: { code: 'record-count-changed' } });
    expect((await readRun(registry, run.id))?.error?.message).toContain('held 50 records');
    expect(await dumpDatabase(target)).toEqual(before);
  });

  it('runs after all once somebody has said to go on with as many, and not with more again', async () => {
    const { run, key } = await orderCounted();
    await addRecords(1200);
    await execute(run.id);
    expect(await acceptCount(registry, key)).toEqual({ before: 50, now: 1250 });
    await target.query(`INSERT INTO claims (document) SELECT document FROM claims, generate_series(1, 2)`);
    const second = (await retryRun(registry, run.id)) ?? '';
    expect(await execute(second)).toMatchObject({ state: 'failed', error: { code: 'record-count-changed' } });
    expect(await acceptCount(registry, key)).toEqual({ before: 1250, now: 3750 });
    expect(await execute((await retryRun(registry, second)) ?? '')).toMatchObject({ state: 'reversing' });
  });

  it('may be rehearsed with as many as there are', async () => {
    const { run } = await orderCounted();
    await addRecords(1200);
    await execute(run.id);
    const rehearsal = (await retryRun(registry, run.id, true)) ?? '';
    expect(await execute(rehearsal)).toMatchObject({ state: 'cancelled', outcome: { rehearsed: true } });
  });
});
