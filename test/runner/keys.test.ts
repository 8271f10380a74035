import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { cleanUp } from '../../runner/clean-up.ts';
import { nextPage, nextStretch } from '../../runner/databases/postgres/page.ts';
import { executeRun } from '../../runner/execute.ts';
import { previewRollBack } from '../../runner/preview-roll-back.ts';
import { steer } from '../../runner/steer.ts';
import { backfill } from '../../runner/steps/backfill.ts';
import { carryOver } from '../../runner/steps/carry-over.ts';
import { cutOver } from '../../runner/steps/cut-over.ts';
import { finishTable } from '../../runner/steps/finish-table.ts';
import { verify } from '../../runner/steps/verify.ts';
import { claimOrder, claimSql, createClaims, orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';
import { sharedContext } from '../support/sharing.ts';
import { beginCapturing } from '../support/work.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

const compositeOrder = (key = 'tenant, n') => ({ target: { ...claimOrder().target, key } });

/** The primary key's order is neither that of the columns nor that of their names. */
async function createTenants(rows: number): Promise<void> {
  await target.query(`CREATE TABLE claims (n int NOT NULL, document jsonb NOT NULL, tenant text COLLATE "C" NOT NULL,
    region text NOT NULL DEFAULT 'north', PRIMARY KEY (tenant, n))`);
  await target.query(
    `INSERT INTO claims (tenant, n, document) SELECT (ARRAY['a', 'B', 'b,"c', ''])[1 + n % 4], n, ${claimSql('n')}
     FROM generate_series(1, $1::int) AS n`,
    [rows],
  );
}

const all = async () =>
  (await target.query('SELECT tenant, n, document::text, region FROM claims ORDER BY tenant, n')).rows as unknown[];

async function proceed(id: string) {
  await executeRun(runnerContext(registry, url), id);
  return readRun(registry, id);
}

it('moves records by a key of several columns, in pages, with what is written meanwhile, and back', async () => {
  await createTenants(700);
  const order = { ...compositeOrder(), migrationText: `${claimOrder().migrationText}batch: 30\n` };
  const work = await beginCapturing(registry, url, order);
  await target.query(`UPDATE claims SET document = document || '{"note":"meanwhile"}' WHERE n % 50 = 0`);
  await backfill(work);
  await target.query(`UPDATE claims SET tenant = 'z' || tenant, n = n + 5000 WHERE n % 60 = 1`);
  await target.query(`DELETE FROM claims WHERE tenant = '' AND n % 3 = 0`);
  await target.query(
    `INSERT INTO claims (tenant, n, document) VALUES ('a', 0, '{"claim_id":"x","claim_amount":"1.00"}')`,
  );
  const before = await all();
  await carryOver(work, null);
  await finishTable(work);
  await verify(work);
  await cutOver(work);
  const { rows } = await target.query("SELECT FROM claims WHERE jsonb_typeof(document->'claim_amount') = 'number'");
  expect(rows).toHaveLength(before.length);
  await work.client.end();
  await target.query("UPDATE claims SET region = 'south' WHERE tenant = 'B'");
  expect(await previewRollBack(url, work.run)).toMatchObject({ stuckCount: 0, written: expect.any(Number) });
  await target.query("UPDATE claims SET region = 'north' WHERE tenant = 'B'");
  await registry.query("UPDATE sluice.runs SET state = 'reversing' WHERE id = $1", [work.run.id]);
  await steer(registry, work.run.id, 'rollback', 'platform-engineer');
  expect((await proceed(work.run.id))?.state).toBe('rolled-back');
  const given = (rows: unknown[]) =>
    rows.map((row) => JSON.stringify(row).replace(/, \\"policy_number\\": \\"UNKNOWN\\"/, ''));
  expect(given(await all())).toEqual(given(before));
});

it('shares a table among runners by a key of several columns, one of which is called key', async () => {
  await createTenants(3000);
  await target.query('ALTER TABLE claims RENAME COLUMN n TO key');
  const id = await orderClaims(registry, compositeOrder('tenant, key'));
  const { context, settle } = sharedContext(registry, url, { portion: 450 });
  const stretches = await planStretches();
  expect(stretches).toEqual([450, 450, 450, 450, 450, 450, 300]);
  await executeRun(context, id);
  await settle();
  expect((await readRun(registry, id))?.state).toBe('reversing');
  const { rows } = await target.query("SELECT FROM claims WHERE jsonb_typeof(document->'claim_amount') = 'number'");
  expect(rows).toHaveLength(3000);
});

/** How many records are in each stretch of the table, counted by the order of its key. */
async function planStretches(): Promise<number[]> {
  const work = await beginCapturing(registry, url, compositeOrder('tenant, key'));
  const { client, table } = work;
  const counts: number[] = [];
  for (let after: string | null = null, last = false; !last; ) {
    const from: string | null = after;
    const stretch = await nextStretch(client, table, table, from, 450);
    if (stretch === undefined) break;
    const page = await nextPage(client, table, table, from, 10_000, stretch.end);
    counts.push(page?.records ?? 0);
    expect(page?.end).toBe(stretch.end);
    ({ end: after, last } = stretch);
  }
  await cleanUp(work);
  await client.end();
  return counts;
}

it('finds a record that is missing, surplus or different by a key of several columns', async () => {
  await createTenants(40);
  const work = await beginCapturing(registry, url, compositeOrder('n,tenant'));
  await backfill(work);
  await finishTable(work);
  await verify(work);
  const shadow = `"${work.names.shadowSchema}".claims`;
  await target.query(`DELETE FROM ${shadow} WHERE n = 6`);
  await expect(verify(work)).rejects.toThrow(/The record \["b,\\"c", "6"\] is missing/);
  await work.client.end();
});

it('empties the new table too when a table with a key of several columns is emptied', async () => {
  await createTenants(40);
  const work = await beginCapturing(registry, url, compositeOrder());
  await backfill(work);
  await target.query('TRUNCATE claims');
  await carryOver(work, null);
  const { rows } = await target.query(`SELECT FROM "${work.names.shadowSchema}".claims`);
  expect(rows).toEqual([]);
  await work.client.end();
});

it('says what the primary key is when the target names another', async () => {
  await createTenants(4);
  for (const key of ['n', 'tenant, n, region', 'tenant, tenant']) {
    const run = await proceed(await orderClaims(registry, compositeOrder(key)));
    expect(run?.error).toMatchObject({
      code: 'check-failed',
      message: expect.stringContaining('is not the primary key'),
      remedy: expect.stringContaining('`key: tenant, n`'),
    });
  }
});

it.each([
  ['uuid', 'md5(n::text)::uuid'],
  ['text COLLATE "C"', "'key ' || n"],
  ['character varying(20)', "'key ' || n"],
  ['smallint', 'n'],
  ['integer', 'n'],
])('moves records by a key of type %s', async (key, keyValue) => {
  await createClaims(target, { rows: 300, key, keyValue });
  const run = await proceed(await orderClaims(registry, { migrationText: `${claimOrder().migrationText}batch: 40\n` }));
  expect(run?.error).toBeUndefined();
  expect(run).toMatchObject({ state: 'reversing', progress: { records: 300 } });
});
