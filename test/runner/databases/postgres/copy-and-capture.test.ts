import { Client, type Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyLog, hasEntries } from '../../../../runner/databases/postgres/apply.ts';
import { copyBatch } from '../../../../runner/databases/postgres/copy.ts';
import { Fenced } from '../../../../runner/databases/postgres/ledger.ts';
import { qualified } from '../../../../runner/databases/postgres/relation.ts';
import { prepareWork } from '../../../../runner/prepare.ts';
import { catchUp } from '../../../../runner/steps/carry-over.ts';
import { makeShadow } from '../../../../runner/steps/make-shadow.ts';
import { startCapture } from '../../../../runner/steps/start-capture.ts';
import { fenceOf, forwardOf, type Work } from '../../../../runner/work.ts';
import { createClaims } from '../../../support/claims.ts';
import { createTestDatabase } from '../../../support/postgres.ts';
import { createTestRegistry } from '../../../support/registry.ts';
import { runnerContext } from '../../../support/runner.ts';
import { beginCapturing, beginWork, gated, untilWaiting } from '../../../support/work.ts';

let registry: Pool;
let target: Pool;
let url: string;
const sessions: Client[] = [];
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
  await createClaims(target, { rows: 5, key: 'bigint', keyValue: 'n' });
});
afterEach(async () => {
  for (const client of sessions.splice(0)) await client.end();
});

async function session(): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  sessions.push(client);
  return client;
}

async function capturing(): Promise<Work> {
  const work = await beginCapturing(registry, url);
  sessions.push(work.client);
  return work;
}

const copy = (work: Work, size = 100) => copyBatch(work.client, fenceOf(work), forwardOf(work), null, size);
const apply = (work: Work, limit: number | null = null) =>
  applyLog(work.client, fenceOf(work), forwardOf(work), work.names.log, limit);

async function shadow(work: Work): Promise<Record<string, string>> {
  const { rows } = await target.query<{ id: string; note: string | null }>(
    `SELECT id, document->>'note' AS note FROM ${qualified(forwardOf(work).to)} ORDER BY id`,
  );
  return Object.fromEntries(rows.map(({ id, note }) => [id, note ?? '']));
}

const note = (id: number, text: string) =>
  `UPDATE claims SET document = document || '{"note":"${text}"}' WHERE id = ${id}`;

it('makes a delete wait for the batch that copies the row, instead of bringing the row back', async () => {
  const work = await capturing();
  const gate = await session();
  const application = await session();
  await gate.query('SELECT pg_advisory_lock(1)');
  await work.client.query("SET lock_timeout = '10s'");
  const copying = copy(gated(work, 1));
  await untilWaiting(target, 'COPY (INSERT');
  const deleting = application.query('DELETE FROM claims WHERE id = 1');
  await untilWaiting(target, 'DELETE FROM claims');
  await gate.query('SELECT pg_advisory_unlock(1)');
  await Promise.all([copying, deleting]);
  await apply(work);
  expect(Object.keys(await shadow(work))).toEqual(['2', '3', '4', '5']);
});

it('lets an update pass while its row is copied, and carries it over', async () => {
  const work = await capturing();
  const gate = await session();
  await gate.query('SELECT pg_advisory_lock(2)');
  await work.client.query("SET lock_timeout = '10s'");
  const copying = copy(gated(work, 2));
  await untilWaiting(target, 'COPY (INSERT');
  await target.query(note(2, 'new'));
  await gate.query('SELECT pg_advisory_unlock(2)');
  await copying;
  expect((await shadow(work))['2']).toBe('');
  await apply(work);
  expect((await shadow(work))['2']).toBe('new');
});

it('passes over no record when the key of one it waits for becomes a far greater one', async () => {
  const work = await capturing();
  await work.client.query("SET lock_timeout = '10s'");
  const application = await session();
  await application.query('BEGIN');
  await application.query('UPDATE claims SET id = 1000 WHERE id = 2');
  const copying = copy(work, 2);
  await untilWaiting(target, 'COPY (INSERT');
  await application.query('COMMIT');
  const batch = await copying;
  expect(batch?.checkpoint).toBe('2');
  await copyBatch(work.client, fenceOf(work), forwardOf(work), batch?.checkpoint ?? null, 2);
  await apply(work);
  expect(Object.keys(await shadow(work))).toEqual(['1', '3', '4', '1000']);
});

it('goes on behind a page whose records have all gone while it waited for them', async () => {
  const work = await capturing();
  await work.client.query("SET lock_timeout = '10s'");
  const application = await session();
  await application.query('BEGIN');
  await application.query('DELETE FROM claims WHERE id <= 2');
  const copying = copy(work, 2);
  await untilWaiting(target, 'COPY (INSERT');
  await application.query('COMMIT');
  const batch = await copying;
  expect(batch).toMatchObject({ checkpoint: '2' });
  await copyBatch(work.client, fenceOf(work), forwardOf(work), '2', 100);
  expect(Object.keys(await shadow(work))).toEqual(['3', '4', '5']);
});

it('does not let the copy overwrite what was carried over before it', async () => {
  const work = await capturing();
  await target.query(note(3, 'carried'));
  await apply(work);
  await target.query(
    `UPDATE ${qualified(forwardOf(work).to)} SET document = document || '{"note":"mark"}' WHERE id = 3`,
  );
  await copy(work);
  expect(await shadow(work)).toEqual({ 1: '', 2: '', 3: 'mark', 4: '', 5: '' });
});

it('does not lose an update that comes while an earlier one of the same row is carried over', async () => {
  const work = await capturing();
  await copy(work);
  await target.query(note(1, 'first'));
  const gate = await session();
  await gate.query('SELECT pg_advisory_lock(3)');
  await work.client.query("SET lock_timeout = '10s'");
  const applying = apply(gated(work, 3));
  await untilWaiting(target, 'WITH page');
  await target.query(note(1, 'second'));
  await gate.query('SELECT pg_advisory_unlock(3)');
  await applying;
  expect((await shadow(work))['1']).toBe('first');
  await apply(work);
  expect((await shadow(work))['1']).toBe('second');
});

it('does not miss a write that began earlier and committed later than another', async () => {
  const work = await capturing();
  await copy(work);
  const slow = await session();
  await slow.query('BEGIN');
  await slow.query(note(1, 'slow'));
  await target.query(note(2, 'fast'));
  expect(await apply(work)).toBe(1);
  await slow.query('COMMIT');
  expect(await apply(work)).toBe(1);
  expect(await shadow(work)).toMatchObject({ 1: 'slow', 2: 'fast' });
});

it('carries over an update to NULL, a changed key, and a row deleted and inserted again', async () => {
  await target.query('ALTER TABLE claims ALTER COLUMN document DROP NOT NULL');
  const work = await capturing();
  await copy(work);
  await target.query(`UPDATE claims SET document = NULL WHERE id = 1; UPDATE claims SET id = 50 WHERE id = 2;
    WITH gone AS (DELETE FROM claims WHERE id = 3 RETURNING *) SELECT 1`);
  await target.query(
    `INSERT INTO claims (id, document) VALUES (3, '{"claim_id":"C","claim_amount":"1","note":"again"}')`,
  );
  await apply(work);
  expect(await shadow(work)).toEqual({ 1: '', 3: 'again', 4: '', 5: '', 50: '' });
  const { rows } = await target.query(`SELECT document FROM ${qualified(forwardOf(work).to)} WHERE id = 1`);
  expect(rows).toEqual([{ document: null }]);
});

it('carries over a TRUNCATE, and rows that were inserted after it', async () => {
  const work = await capturing();
  await copy(work);
  await target.query('TRUNCATE claims');
  await target.query(`INSERT INTO claims (id, document) VALUES (9, '{"claim_id":"C","claim_amount":"1"}')`);
  // Whatever portion is taken first, the row of after the TRUNCATE stays.
  await apply(work, 1);
  await apply(work, 1);
  expect(Object.keys(await shadow(work))).toEqual(['9']);
});

it('notes what a replication role writes, and what a role without any right on the log writes', async () => {
  const work = await capturing();
  await copy(work);
  const role = `writer_${url.slice(-12)}`;
  await target.query(`CREATE ROLE ${role}; GRANT SELECT, UPDATE ON claims TO ${role}`);
  const application = await session();
  await application.query(
    `SET session_replication_role = replica; ${note(1, 'replica')}; RESET session_replication_role`,
  );
  await application.query(`SET ROLE ${role}; ${note(2, 'guest')}; RESET ROLE`);
  expect(await apply(work)).toBe(2);
  expect(await shadow(work)).toMatchObject({ 1: 'replica', 2: 'guest' });
  await target.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

it('notes every row of a statement that writes many, once per statement', async () => {
  const work = await capturing();
  await target.query("UPDATE claims SET region = 'south'");
  await target.query(
    `INSERT INTO claims (id, document) VALUES (1, '{}'), (7, '{}') ON CONFLICT (id) DO UPDATE SET region = 'west'`,
  );
  const { rows } = await target.query(
    `SELECT id::text AS key, count(*)::int AS n FROM ${qualified(work.names.log)} GROUP BY id ORDER BY id`,
  );
  expect(rows).toEqual(
    [
      ['1', 2],
      ['2', 1],
      ['3', 1],
      ['4', 1],
      ['5', 1],
      ['7', 1],
    ].map(([key, n]) => ({ key, n })),
  );
});

it('begins to capture only when no writer is in flight, and lets the application go first meanwhile', async () => {
  const writer = await session();
  await writer.query('BEGIN');
  await writer.query(note(1, 'in flight'));
  const work = await beginWork(registry, url);
  sessions.push(work.client);
  await makeShadow(work);
  let started = false;
  const starting = startCapture(work).then(() => (started = true));
  for (let n = 0; n < 20; n++) await target.query(note(2, String(n)));
  expect(started).toBe(false);
  await writer.query('COMMIT');
  await starting;
  await copy(work);
  expect(await shadow(work)).toMatchObject({ 1: 'in flight', 2: '19' });
  expect(await hasEntries(work.client, work.names.log)).toBe(false);
});

it('gives way at once where the application holds a row, and leaves no trace of the attempt', async () => {
  const work = await capturing();
  const application = await session();
  await application.query('BEGIN');
  await application.query('DELETE FROM claims WHERE id = 4');
  await expect(copy(work)).rejects.toMatchObject({ code: '55P03' });
  expect(await shadow(work)).toEqual({});
  await application.query('ROLLBACK');
  expect(await copy(work)).toMatchObject({ records: 5, checkpoint: '5' });
});

it('loses a deadlock with the application, which never hears of it', async () => {
  const work = await capturing();
  const application = await session();
  await application.query('BEGIN');
  await application.query('DELETE FROM claims WHERE id = 4');
  // Holds the rows before, and waits for that one.
  const lost = copy(work).catch((error: unknown) => error);
  await untilWaiting(target, 'COPY (INSERT');
  await application.query('DELETE FROM claims WHERE id = 1');
  await application.query('COMMIT');
  expect(await lost).toMatchObject({ code: '55P03' });
  expect(await copy(work)).toMatchObject({ records: 3, checkpoint: '5' });
});

it('refuses every write of a runner that another one has replaced', async () => {
  const old = await capturing();
  await prepareWork(runnerContext(registry, url), old.run, old.client, old.table);
  await expect(copy(old)).rejects.toBeInstanceOf(Fenced);
  await target.query(note(1, 'x'));
  await expect(apply(old)).rejects.toBeInstanceOf(Fenced);
  expect(await shadow(old)).toEqual({});
});

it('carries over rows that swap a unique value, once the unique index stands', async () => {
  await target.query(
    "ALTER TABLE claims ADD COLUMN slot text; UPDATE claims SET slot = 's' || id; CREATE UNIQUE INDEX slots ON claims (slot)",
  );
  const work = await capturing();
  await copy(work);
  await target.query(`CREATE UNIQUE INDEX slots ON ${qualified(forwardOf(work).to)} (slot)`);
  for (const [id, slot] of [
    [1, 'free'],
    [2, 's1'],
    [1, 's2'],
  ])
    await target.query('UPDATE claims SET slot = $2 WHERE id = $1', [id, slot]);
  expect(await apply(work)).toBe(3);
  const { rows } = await target.query(`SELECT slot FROM ${qualified(forwardOf(work).to)} ORDER BY id LIMIT 2`);
  expect(rows).toEqual([{ slot: 's2' }, { slot: 's1' }]);
});

it('carries over far more than fits into one portion, clearing the log as it goes', async () => {
  const work = await capturing();
  await target.query(
    'INSERT INTO claims (id, document) SELECT n, document FROM claims, generate_series(10, 30000) AS n WHERE id = 1',
  );
  await target.query("UPDATE claims SET region = 'south' WHERE id % 2 = 0");
  await catchUp(work);
  expect(await hasEntries(work.client, work.names.log)).toBe(false);
  expect(work.progress.figures.captured).toBe(29_991 + 14_996 + 2);
  const { rows } = await target.query(
    `SELECT count(*)::int AS n, count(*) FILTER (WHERE region = 'south')::int AS south FROM ${qualified(forwardOf(work).to)}`,
  );
  expect(rows).toEqual([{ n: 29_993, south: 14_998 }]);
});
