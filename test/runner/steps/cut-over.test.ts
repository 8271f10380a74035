import { Client, type Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WindowsState } from '../../../core/schedule/windows-state.ts';
import { NotNow, swap } from '../../../runner/databases/postgres/cutover.ts';
import { readLedger } from '../../../runner/databases/postgres/ledger.ts';
import { backfill } from '../../../runner/steps/backfill.ts';
import { cutOver, waitUntilClear } from '../../../runner/steps/cut-over.ts';
import { finishTable } from '../../../runner/steps/finish-table.ts';
import { verify } from '../../../runner/steps/verify.ts';
import { OutsideWindow } from '../../../runner/window-gate.ts';
import { fenceOf, forwardOf, type Work } from '../../../runner/work.ts';
import { createClaims } from '../../support/claims.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { createTestRegistry } from '../../support/registry.ts';
import { beginCapturing, untilWaiting } from '../../support/work.ts';

let registry: Pool;
let target: Pool;
let url: string;
const sessions: Client[] = [];
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
  await createClaims(target, { rows: 4000 });
});
afterEach(async () => {
  for (const client of sessions.splice(0)) await client.end().catch(() => undefined);
});

async function session(): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  sessions.push(client);
  return client;
}

async function ready(): Promise<Work> {
  const work = await beginCapturing(registry, url);
  sessions.push(work.client);
  await backfill(work);
  await finishTable(work);
  await verify(work);
  return work;
}

const attempt = (work: Work) => swap(work.client, fenceOf(work), forwardOf(work), work.names, 100);

async function numbers(): Promise<number> {
  const { rows } = await target.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM claims WHERE jsonb_typeof(document->'claim_amount') = 'number'",
  );
  return rows[0]?.n ?? -1;
}

it('swaps nothing once the window has closed, be it between the last look at it and the lock', async () => {
  const work = await ready();
  const until = new Date('2026-03-01T04:00:00Z');
  const gate = (now: Date, state: WindowsState): Work['gate'] =>
    Object.create(work.gate, { now: { value: now }, look: { value: () => Promise.resolve(state) } }) as Work['gate'];
  const open = { state: 'open', until } as const;
  for (const each of [gate(until, open), gate(until, { state: 'closed', closed: [{ unreadable: 'some night' }] })]) {
    await expect(cutOver({ ...work, gate: each })).rejects.toBeInstanceOf(OutsideWindow);
    expect(await numbers()).toBe(0);
  }
  await cutOver({ ...work, gate: gate(new Date(until.getTime() - 1), open) });
  expect(await numbers()).toBe(4000);
});

it('drains everything that is in the log under the lock, however much it is', async () => {
  const work = await ready();
  await target.query(`UPDATE claims SET document = document || '{"note":"late"}'`);
  await target.query('DELETE FROM claims WHERE id <= 500');
  expect(await attempt(work)).toBe(4500);
  const { rows } = await target.query(
    "SELECT count(*)::int AS n, count(*) FILTER (WHERE document->>'note' = 'late')::int AS late FROM claims",
  );
  expect(rows).toEqual([{ n: 3500, late: 3500 }]);
});

it('does not queue for the lock behind a long transaction, so nobody has to wait behind it', async () => {
  const work = await ready();
  const long = await session();
  await long.query('BEGIN');
  await long.query('SELECT count(*) FROM claims, pg_sleep(0.1)');
  const over = cutOver(work);
  const reader = await session();
  for (let n = 0; n < 50; n++) {
    await reader.query("SET lock_timeout = '40ms'; SELECT id FROM claims LIMIT 1");
    await target.query('SELECT pg_sleep(0.01)');
  }
  expect(await numbers()).toBe(0);
  await long.query('COMMIT');
  await over;
  expect(await numbers()).toBe(4000);
});

it('waits for snapshots that are older than the copy: they would find the new table empty', async () => {
  const old = await session();
  await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await old.query('SELECT 1');
  const work = await ready();
  await expect(waitUntilClear(work, 1)).rejects.toBeInstanceOf(NotNow);
  await expect(attempt(work)).rejects.toBeInstanceOf(NotNow);
  const { rows } = await old.query('SELECT count(*)::int AS n FROM claims');
  expect(rows).toEqual([{ n: 4000 }]);
  await old.query('COMMIT');
  await cutOver(work);
  expect(await numbers()).toBe(4000);
});

it('lets statements that wait for the lock find the new table, prepared ones too', async () => {
  const work = await ready();
  const waiter = await session();
  const prepared = { name: 'by-id', text: 'SELECT * FROM claims WHERE id = $1', values: [7] };
  expect((await waiter.query<{ document: { claim_amount: unknown } }>(prepared)).rows[0]?.document.claim_amount).toBe(
    '7.70',
  );
  const gate = await session();
  await gate.query('BEGIN');
  await gate.query('LOCK TABLE claims IN SHARE MODE');
  const swapping = swap(work.client, fenceOf(work), forwardOf(work), work.names, 10_000);
  await untilWaiting(target, 'LOCK TABLE');
  const asked = waiter.query<{ document: { claim_amount: unknown } }>(prepared);
  await untilWaiting(target, 'SELECT * FROM claims');
  await gate.query('COMMIT');
  await swapping;
  expect((await asked).rows[0]?.document.claim_amount).toBe(7.7);
});

it('leaves everything as it was when the lock is not granted in time', async () => {
  const work = await ready();
  const gate = await session();
  await gate.query('BEGIN');
  await gate.query('LOCK TABLE claims IN ROW SHARE MODE');
  await expect(attempt(work)).rejects.toMatchObject({ code: '55P03' });
  expect((await readLedger(work.client, work.run.id))?.phase).toBe('verified');
  await gate.query('ROLLBACK');
  await attempt(work);
  expect(await numbers()).toBe(4000);
});

it('lets go of the table when what is left takes too long under the lock, and loses nothing of it', async () => {
  const work = await ready();
  await target.query(`UPDATE claims SET document = document || '{"note":"late"}' WHERE id <= 10`);
  const { forward } = work.plan;
  const toSql = (document: string) => `(SELECT ${forward.toSql(document)} FROM pg_sleep(5))`;
  const slow = { ...work, plan: { ...work.plan, forward: { ...forward, toSql } } };
  await expect(swap(work.client, fenceOf(work), forwardOf(slow), work.names, 100)).rejects.toMatchObject({
    code: '57014',
  });
  // Nobody has to wait for anything, and what was noted is noted still.
  await target.query("SET lock_timeout = '1s'; UPDATE claims SET region = 'south' WHERE id = 11");
  expect(await numbers()).toBe(0);
  expect(await attempt(work)).toBe(11);
  const { rows } = await target.query(
    "SELECT count(*)::int AS n FROM claims WHERE document->>'note' = 'late' OR region = 'south'",
  );
  expect(rows).toEqual([{ n: 11 }]);
});

it('re-points views in the transaction of the swap itself', async () => {
  await target.query('CREATE VIEW amounts AS SELECT document->>0 AS none, document FROM claims');
  const work = await ready();
  const seen = async () =>
    (await target.query("SELECT DISTINCT jsonb_typeof(document->'claim_amount') AS type FROM amounts")).rows;
  await expect(
    swap(work.client, fenceOf(work), forwardOf(work), work.names, 100, () => Promise.reject(new Error('no'))),
  ).rejects.toThrow('no');
  expect(await seen()).toEqual([{ type: 'string' }]);
  await attempt(work);
  expect(await seen()).toEqual([{ type: 'number' }]);
});

it('refuses to swap a table that somebody has altered during the run', async () => {
  const work = await ready();
  await target.query('CREATE INDEX made_meanwhile ON claims (created)');
  await expect(attempt(work)).rejects.toThrow(/only before: index CREATE INDEX made_meanwhile/);
  expect(await numbers()).toBe(0);
});

it('finds a record that differs, is missing or is too many', async () => {
  const work = await beginCapturing(registry, url);
  sessions.push(work.client);
  await backfill(work);
  await finishTable(work);
  const shadow = `${work.names.shadowSchema}.claims`;
  await target.query(`UPDATE ${shadow} SET region = 'elsewhere' WHERE id = 1234`);
  await expect(verify(work)).rejects.toThrow('The record 1234 is different in the new table.');
  await target.query(`UPDATE ${shadow} SET region = 'north' WHERE id = 1234; DELETE FROM ${shadow} WHERE id = 4000`);
  await expect(verify(work)).rejects.toThrow('The record 4000 is missing in the new table.');
  await target.query(`INSERT INTO ${shadow} OVERRIDING SYSTEM VALUE SELECT 99999, document, region, created FROM ${shadow} WHERE id = 1;
    INSERT INTO ${shadow} OVERRIDING SYSTEM VALUE SELECT 4000, document, region, created FROM ${shadow} WHERE id = 1`);
  await expect(verify(work)).rejects.toThrow(/The record (4000 is different|99999 is surplus)/);
});
