import type { Client, Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyLog } from '../../../../runner/databases/postgres/apply.ts';
import { connectTarget } from '../../../../runner/databases/postgres/connect.ts';
import { copyInRange } from '../../../../runner/databases/postgres/copy-range.ts';
import { waitForRunners } from '../../../../runner/databases/postgres/gate.ts';
import { Fenced } from '../../../../runner/databases/postgres/ledger.ts';
import { planRange, settleRanges } from '../../../../runner/databases/postgres/plan-range.ts';
import {
  beat,
  claimRange,
  closeLanes,
  ensureRanges,
  type HeldRange,
  LanesClosed,
  openLanes,
  Revoked,
  releaseRange,
  surveyRanges,
} from '../../../../runner/databases/postgres/ranges.ts';
import { qualified } from '../../../../runner/databases/postgres/relation.ts';
import { transaction } from '../../../../runner/databases/postgres/transaction.ts';
import { prepareWork } from '../../../../runner/prepare.ts';
import { fenceOf, forwardOf, type Work } from '../../../../runner/work.ts';
import { claimOrder, createClaims } from '../../../support/claims.ts';
import { createTestDatabase } from '../../../support/postgres.ts';
import { createTestRegistry } from '../../../support/registry.ts';
import { runnerContext } from '../../../support/runner.ts';
import { beginCapturing, gated, untilWaiting } from '../../../support/work.ts';

let registry: Pool;
let target: Pool;
let url: string;
/** The runner that has the run, and another. */
let work: Work;
let beside: Work;
const sessions: Client[] = [];
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
  await createClaims(target, { rows: 12, key: 'bigint', keyValue: 'n' });
  work = await beginCapturing(registry, url, {
    migrationText: `${claimOrder().migrationText}invalid: quarantine 10\n`,
  });
  sessions.push(work.client);
  beside = { ...work, client: await session() };
  await ensureRanges(work.client);
  while ((await planRange(work.client, fenceOf(work), forwardOf(work), 4)) !== undefined);
  await openLanes(work.client, work.run.id);
});
afterEach(async () => {
  for (const client of sessions.splice(0)) await client.end().catch(() => undefined);
});

async function session(): Promise<Client> {
  const client = await connectTarget(url);
  sessions.push(client);
  return client;
}

async function mustClaim({ client, run }: Work, epoch?: string): Promise<HeldRange> {
  const range = await claimRange(client, { runId: run.id, holder: 'a test', epoch });
  if (range === undefined) throw new Error('no range is free');
  return range;
}

const copy = (by: Work, range: HeldRange, size = 100, isGated = true) =>
  copyInRange(by.client, range, forwardOf(by), size, { gated: isGated });
const carry = (isGated = true, limit: number | null = null) =>
  applyLog(work.client, fenceOf(work), forwardOf(work), work.names.log, limit, isGated);
const note = (id: number, text: string) =>
  `UPDATE claims SET document = document || '{"note":"${text}"}' WHERE id = ${id}`;
const age = () => target.query("UPDATE sluice_runner.ranges SET beat = beat - interval '31 seconds'");

async function shadow(): Promise<Record<string, string>> {
  const { rows } = await target.query<{ id: string; note: string | null }>(
    `SELECT id, document->>'note' AS note FROM ${qualified(forwardOf(work).to)} ORDER BY id`,
  );
  return Object.fromEntries(rows.map(({ id, note }) => [id, note ?? '']));
}

/** Stops the other runner's batch at the last of its four records: those before it are written, and not committed. Returns what lets it go on, and the batch. */
async function batchInFlight(range: HeldRange, isGated = true) {
  const stop = await session();
  await stop.query('SELECT pg_advisory_lock(1)');
  await beside.client.query("SET lock_timeout = '10s'");
  const { forward } = beside.plan;
  const stopped = (document: string) =>
    `CASE WHEN ${document} ->> 'claim_id' = 'C-4' AND pg_advisory_xact_lock_shared(1)::text = 'never' THEN NULL
       ELSE ${forward.toSql(document)} END`;
  const by = { ...beside, plan: { ...beside.plan, forward: { ...forward, toSql: stopped } } };
  const batch = copy(by, range, 100, isGated);
  batch.catch(() => undefined);
  await untilWaiting(target, 'COPY (INSERT');
  return { batch, goOn: () => stop.query('SELECT pg_advisory_unlock(1)') };
}

describe('an update of a record that another runner is just copying', () => {
  it('that makes it invalid leaves it in the new table where carrying over does not wait for the copier: that is what the gate is for', async () => {
    for (const [isGated, left] of [
      [false, ['1', '2', '3', '4']],
      [true, ['1', '3', '4']],
    ] as const) {
      await target.query(`DELETE FROM ${qualified(forwardOf(work).to)}; UPDATE sluice_runner.ranges SET checkpoint = NULL,
        done = false, holder = NULL; UPDATE claims SET document = document || '{"claim_amount":"1"}'`);
      await carry();
      await target.query(`DELETE FROM ${qualified(forwardOf(work).to)}`);
      const { batch, goOn } = await batchInFlight(await mustClaim(beside), isGated);
      await target.query(`UPDATE claims SET document = document || '{"claim_amount":"much"}' WHERE id = 2`);
      const carrying = carry(isGated);
      if (isGated) await untilWaiting(target, 'pg_advisory_lock(');
      else await carrying;
      await goOn();
      await Promise.all([batch, carrying]);
      expect(Object.keys(await shadow())).toEqual(left);
      const { rows } = await target.query(`SELECT id FROM ${qualified(work.names.quarantine)}`);
      expect(rows).toEqual([{ id: '2' }]);
    }
  });

  it('is refused by the server where carrying over does not wait, and not lost', async () => {
    const { batch, goOn } = await batchInFlight(await mustClaim(beside), false);
    await target.query(note(2, 'new'));
    await work.client.query("SET lock_timeout = '10s'");
    const carrying = carry(false);
    carrying.catch(() => undefined);
    await untilWaiting(target, 'WITH page');
    await goOn();
    await batch;
    await expect(carrying).rejects.toMatchObject({ code: '40001' });
    await carry(false);
    expect((await shadow())['2']).toBe('new');
  });

  it('is carried over, after the copier, and its batch', async () => {
    const { batch, goOn } = await batchInFlight(await mustClaim(beside));
    await target.query(note(2, 'new'));
    const carrying = carry();
    await untilWaiting(target, 'pg_advisory_lock(');
    await goOn();
    await Promise.all([batch, carrying]);
    expect(await shadow()).toEqual({ 1: '', 2: 'new', 3: '', 4: '' });
  });

  it('keeps what was carried over when the copier comes after it', async () => {
    const range = await mustClaim(beside);
    const stop = await session();
    await stop.query('SELECT pg_advisory_lock(2)');
    await target.query(note(2, 'new'));
    await work.client.query("SET lock_timeout = '10s'");
    const carrying = applyLog(work.client, fenceOf(work), forwardOf(gated(work, 2)), work.names.log, null, true);
    await untilWaiting(target, 'WITH page');
    const batch = copy(beside, range);
    await untilWaiting(target, 'pg_advisory_xact_lock_shared');
    await stop.query('SELECT pg_advisory_unlock(2)');
    await Promise.all([carrying, batch]);
    expect(await shadow()).toEqual({ 1: '', 2: 'new', 3: '', 4: '' });
  });

  it('leaves the gate open when carrying over fails, and the time that others wait as it was', async () => {
    await target.query(note(2, 'new'));
    await expect(
      applyLog(work.client, { id: work.run.id, epoch: '77' }, forwardOf(work), work.names.log, null, true),
    ).rejects.toBeInstanceOf(Fenced);
    await copy(beside, await mustClaim(beside));
    for (const { client } of [work, beside]) {
      const { rows } = await client.query('SHOW lock_timeout');
      expect(rows).toEqual([{ lock_timeout: '100ms' }]);
    }
  });
});

describe('a range', () => {
  it('has one owner, however many ask for one at once', async () => {
    const asking = await Promise.all(Array.from({ length: 8 }, () => session()));
    const claims = asking.map((client) => claimRange(client, { runId: work.run.id, holder: 'a test' }));
    const numbers = (await Promise.all(claims)).flatMap((range) => range?.number ?? []);
    expect(numbers.toSorted()).toEqual(['1', '2', '3']);
  });

  it('is copied in batches, each with its checkpoint, and is done at its end', async () => {
    const first = await copy(beside, await mustClaim(beside), 3);
    expect(first).toMatchObject({ records: 3, done: false, range: { after: '3', end: '4' } });
    const second = await copy(beside, first.range, 3);
    expect(second).toMatchObject({ records: 1, done: true });
    await expect(copy(beside, second.range)).rejects.toBeInstanceOf(Revoked);
    expect(await surveyRanges(work.client, work.run.id, '')).toMatchObject({ copied: 4, batches: 2, left: 2, free: 2 });
  });

  it('of one who has given no sign is another’s: the first writes nothing any more, the second goes on behind it', async () => {
    const mine = (await copy(beside, await mustClaim(beside), 2)).range;
    expect((await mustClaim(work)).number).toBe('2');
    await age();
    const theirs = await mustClaim(work);
    expect(theirs).toMatchObject({ number: '1', after: '2' });
    await expect(copy(beside, mine)).rejects.toBeInstanceOf(Revoked);
    await expect(beat(beside.client, mine)).rejects.toBeInstanceOf(Revoked);
    await releaseRange(beside.client, mine);
    expect(Object.keys(await shadow())).toEqual(['1', '2']);
    expect(await copy(work, theirs)).toMatchObject({ records: 2, done: true });
    expect(Object.keys(await shadow())).toEqual(['1', '2', '3', '4']);
  });

  it('is not taken from one who is in the middle of a batch, however long that takes', async () => {
    const { batch, goOn } = await batchInFlight(await mustClaim(beside));
    await target.query("UPDATE sluice_runner.ranges SET beat = beat - interval '31 seconds' WHERE number <> 1");
    expect((await mustClaim(work)).number).toBe('2');
    expect((await mustClaim(work)).number).toBe('3');
    expect(await claimRange(work.client, { runId: work.run.id, holder: 'a test' })).toBeUndefined();
    await goOn();
    expect(await batch).toMatchObject({ records: 4, done: true });
  });

  it('that another runner could not deal with is left to the one that has the run', async () => {
    await releaseRange(beside.client, await mustClaim(beside), true);
    expect((await mustClaim(beside)).number).toBe('2');
    expect((await mustClaim(work, work.epoch)).number).toBe('1');
  });

  it('keeps a record out that was deleted, or got a key of another range, before or after it was copied', async () => {
    const [one, two] = [await mustClaim(beside), await mustClaim(beside)];
    await copy(beside, two);
    await target.query('UPDATE claims SET id = 100 WHERE id = 1');
    await target.query('UPDATE claims SET id = id - 5000 WHERE id = 6');
    await target.query('DELETE FROM claims WHERE id IN (3, 8)');
    await copy(beside, one);
    await carry();
    await copy(beside, await mustClaim(beside));
    await target.query('DELETE FROM claims WHERE id = 12');
    await carry();
    expect(Object.keys(await shadow()).toSorted()).toEqual(['-4994', '10', '100', '11', '2', '4', '5', '7', '9']);
  });

  it('holds nothing any more after a TRUNCATE, and what came after it is not lost', async () => {
    await copy(beside, await mustClaim(beside));
    await target.query('TRUNCATE claims');
    await target.query(`INSERT INTO claims (id, document) VALUES (7, '{"claim_id":"C","claim_amount":"1"}')`);
    await copy(beside, await mustClaim(beside));
    await carry(true, 1);
    await copy(beside, await mustClaim(beside));
    await carry();
    expect(Object.keys(await shadow())).toEqual(['7']);
  });
});

describe('the lanes', () => {
  it('close after the batch that is in flight, and nothing is written later', async () => {
    const range = await mustClaim(beside);
    const { batch, goOn } = await batchInFlight(range);
    const closing = transaction(work.client, () => closeLanes(work.client, work.run.id), { first: waitForRunners });
    await untilWaiting(target, 'UPDATE sluice_runner.ranges');
    await goOn();
    const { range: behind } = await batch;
    await closing;
    await expect(copy(beside, behind)).rejects.toBeInstanceOf(Revoked);
    await expect(mustClaim(beside)).rejects.toBeInstanceOf(LanesClosed);
    expect(Object.keys(await shadow())).toEqual(['1', '2', '3', '4']);
    // Whoever has the run goes on.
    expect(await mustClaim(work, work.epoch)).toMatchObject({ number: '2' });
  });

  it('are closed to everybody by a runner that takes the run over', async () => {
    const mine = await mustClaim(beside);
    const coordinators = await mustClaim(work, work.epoch);
    const next = await session();
    const taken = await prepareWork(runnerContext(registry, url), work.run, next, work.table);
    await expect(copy(beside, mine)).rejects.toBeInstanceOf(Revoked);
    await expect(copy(work, coordinators)).rejects.toBeInstanceOf(Revoked);
    await expect(mustClaim(beside)).rejects.toBeInstanceOf(LanesClosed);
    await expect(mustClaim(work, work.epoch)).rejects.toBeInstanceOf(Fenced);
    await expect(planRange(work.client, fenceOf(work), forwardOf(work), 4)).rejects.toBeInstanceOf(Fenced);
    await expect(settleRanges(work.client, fenceOf(work))).rejects.toBeInstanceOf(Fenced);
    expect(await shadow()).toEqual({});
    expect(await mustClaim(taken, taken.epoch)).toMatchObject({ number: '1', after: null });
  });

  it('are no run’s any more whose phase is another', async () => {
    await target.query("UPDATE sluice_runner.ledger SET phase = 'copied'");
    await expect(mustClaim(beside)).rejects.toBeInstanceOf(LanesClosed);
    await expect(mustClaim(work, work.epoch)).rejects.toBeInstanceOf(Fenced);
  });

  it('are not settled as long as a range is not done', async () => {
    await copy(beside, await mustClaim(beside));
    await expect(settleRanges(work.client, fenceOf(work))).rejects.toThrow('2 ranges');
    expect(await surveyRanges(work.client, work.run.id, '')).toMatchObject({ left: 2, copied: 4 });
    for (let left = 2; left > 0; left--) await copy(beside, await mustClaim(beside));
    await settleRanges(work.client, fenceOf(work));
    const { rows } = await target.query(
      'SELECT copied::int, batches::int, checkpoint, (SELECT count(*)::int FROM sluice_runner.ranges) AS ranges FROM sluice_runner.ledger',
    );
    expect(rows).toEqual([{ copied: 12, batches: 3, checkpoint: '12', ranges: 0 }]);
  });
});

it('plans ranges behind each other, the last of which is known by its length', async () => {
  await target.query("DELETE FROM sluice_runner.ranges; UPDATE sluice_runner.ledger SET checkpoint = '2'");
  const plan = () => planRange(work.client, fenceOf(work), forwardOf(work), 7);
  expect(await plan()).toEqual({ number: '1', last: false });
  expect(await plan()).toEqual({ number: '2', last: true });
  expect(await plan()).toBeUndefined();
  const { rows } = await target.query('SELECT after, "end" FROM sluice_runner.ranges ORDER BY number');
  expect(rows).toEqual([
    { after: '2', end: '9' },
    { after: '9', end: '12' },
  ]);
});
