import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { defaultPatience } from '../../runner/context.ts';
import { executeRun } from '../../runner/execute.ts';
import { steer } from '../../runner/steer.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
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
  await createClaims(target, { rows: 200 });
});

/** A run that a person holds while it copies. */
async function hold(): Promise<string> {
  const id = await orderClaims(registry);
  // Never quiet enough: the copy stands still.
  const patience = { ...defaultPatience, oldestTransaction: -1 };
  const work = executeRun(runnerContext(registry, url, { patience }), id);
  while ((await readRun(registry, id))?.state !== 'backfilling') await sleep(5);
  await steer(registry, id, 'pause', 'platform-engineer');
  await work;
  return id;
}

async function traces(): Promise<unknown[]> {
  const { rows } = await target.query(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text LIKE 'sluice%' AND relname <> 'ledger'
     UNION ALL SELECT oid::regproc::text FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 'sluice%'`,
  );
  return rows;
}

describe('a table that somebody drops or alters while it is copied', () => {
  it.each([
    ['resume', 'DROP TABLE claims', 'failed'],
    ['cancel', 'DROP TABLE claims', 'cancelled'],
    ['resume', 'ALTER TABLE claims DROP COLUMN document', 'failed'],
    ['resume', 'ALTER TABLE claims DROP CONSTRAINT claims_pkey', 'failed'],
    ['cancel', 'ALTER TABLE claims RENAME TO gone', 'cancelled'],
  ] as const)('ends the run on %s after %s, and nothing of it is left', async (wish, sql, state) => {
    const id = await hold();
    expect(await traces()).not.toEqual([]);
    await target.query(sql);
    await steer(registry, id, wish, 'platform-engineer');
    await executeRun(runnerContext(registry, url), id);
    const run = await readRun(registry, id);
    expect(run?.state).toBe(state);
    expect(run?.outcome?.incident?.error.code).toBe(state === 'failed' ? 'table-gone' : undefined);
    expect(await traces()).toEqual([]);
  });
});

it.each(['rollback', 'complete'] as const)(
  'asks for a person on %s where the new table is gone, and keeps the old one',
  async (wish) => {
    const id = await orderClaims(registry);
    await executeRun(runnerContext(registry, url), id);
    await target.query('DROP TABLE claims');
    await steer(registry, id, wish, 'platform-engineer');
    await executeRun(runnerContext(registry, url), id);
    expect(await readRun(registry, id)).toMatchObject({ state: 'needs-attention', error: { code: 'table-gone' } });
    const { rows } = await target.query(`SELECT count(*)::int AS n FROM sluice_${id}_old.claims`);
    expect(rows).toEqual([{ n: 200 }]);
  },
);

it('gives the room back at once when the disk of the database is full, instead of trying again', async () => {
  await target.query(`CREATE FUNCTION full_disk(id bigint, t regclass) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN IF id > 100 AND t::text LIKE '%sluice%' THEN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END IF; RETURN true; END $$`);
  await target.query('ALTER TABLE claims ADD CONSTRAINT room CHECK (full_disk(id, tableoid::regclass))');
  const before = await dumpDatabase(target);
  const id = await orderClaims(registry);
  await executeRun(runnerContext(registry, url), id);
  expect(await readRun(registry, id)).toMatchObject({
    state: 'failed',
    error: { code: '53100', message: expect.stringContaining('disk of the database is full') as string },
  });
  expect(await dumpDatabase(target)).toEqual(before);
});
