import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectTarget } from '../../../runner/databases/postgres/connect.ts';
import { copyInRange } from '../../../runner/databases/postgres/copy-range.ts';
import { throughGate } from '../../../runner/databases/postgres/gate.ts';
import { planRange } from '../../../runner/databases/postgres/plan-range.ts';
import { claimRange, ensureRanges, hasRanges } from '../../../runner/databases/postgres/ranges.ts';
import { qualified } from '../../../runner/databases/postgres/relation.ts';
import { copyRanges } from '../../../runner/steps/copy-ranges.ts';
import { fenceOf, forwardOf, Stopped, type Work } from '../../../runner/work.ts';
import { createClaims } from '../../support/claims.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { createTestRegistry } from '../../support/registry.ts';
import { beginCapturing, gated, untilWaiting } from '../../support/work.ts';

let target: Pool;
let work: Work;
let other: Client;
beforeEach(async () => {
  const { pool: registry } = await createTestRegistry();
  const database = await createTestDatabase();
  target = database.pool;
  await createClaims(target, { rows: 2000, key: 'bigint', keyValue: 'n' });
  work = await beginCapturing(registry, database.url);
  other = await connectTarget(database.url);
});
afterEach(async () => {
  await work.client.end();
  await other.end();
});

async function shadow(): Promise<{ n: number; noted: number }> {
  const { rows } = await target.query<{ n: number; noted: number }>(
    `SELECT count(*)::int AS n, count(*) FILTER (WHERE document->>'note' = 'new')::int AS noted FROM ${qualified(forwardOf(work).to)}`,
  );
  return rows[0] ?? { n: 0, noted: 0 };
}

it('waits for the last range of another, carrying over meanwhile, and takes it over when no sign of it comes any more', async () => {
  const asked: (readonly [string, number])[] = [];
  let isAsked = (): void => undefined;
  const claimed = new Promise<void>((resolve) => (isAsked = resolve)).then(() =>
    claimRange(other, { runId: work.run.id, holder: 'another' }),
  );
  const invite = (_id: string, round: string, ranges: number) => {
    asked.push([round, ranges]);
    isAsked();
  };
  // No record is copied before the other has its range.
  await other.query('SELECT pg_advisory_lock(9)');
  const copying = copyRanges({ ...gated(work, 9), sharing: { portion: 500, invite } });
  expect(await claimed).toMatchObject({ runId: work.run.id });
  await other.query('SELECT pg_advisory_unlock(9)');
  while ((await shadow()).n < 1500) await sleep(5);
  await target.query(`UPDATE claims SET document = document || '{"note":"new"}'`);
  while ((await shadow()).noted < 2000) await sleep(5);
  // All that was noted is there, the range that nobody copies too: it was written.
  expect(work.progress.figures).toMatchObject({ runners: 2, captured: 2000 });
  expect(await shadow()).toEqual({ n: 2000, noted: 2000 });
  await target.query("UPDATE sluice_runner.ranges SET beat = beat - interval '31 seconds' WHERE holder = 'another'");
  await copying;
  expect(work.progress.figures).toMatchObject({ runners: undefined, records: 2000 });
  expect(asked).toEqual([[`${work.epoch}-0`, 4]]);
});

it('carries over only when no other is in the middle of a batch', async () => {
  await target.query(`UPDATE claims SET document = document || '{"note":"new"}'`);
  await other.query(`BEGIN; ${throughGate(work.run.id)}`);
  const copying = copyRanges({ ...work, sharing: { portion: 500, invite: () => undefined } });
  await untilWaiting(target, 'pg_advisory_lock(');
  expect(work.progress.figures.captured).toBe(0);
  await other.query('COMMIT');
  await copying;
  expect(work.progress.figures.captured).toBe(2000);
});

it('copies the ranges that are left from before where nobody can be asked, and opens no lanes for it', async () => {
  await ensureRanges(work.client);
  const plan = () => planRange(work.client, fenceOf(work), forwardOf(work), 600);
  await plan();
  await plan();
  const range = await claimRange(work.client, { runId: work.run.id, holder: 'before', epoch: work.epoch });
  if (range === undefined) throw new Error('no range');
  await copyInRange(work.client, range, forwardOf(work), 100, { gated: true });
  await target.query("UPDATE sluice_runner.ranges SET beat = beat - interval '31 seconds'");
  const copying = copyRanges(work);
  await expect(claimRange(other, { runId: work.run.id, holder: 'another' })).rejects.toThrow('asks for no other');
  await copying;
  expect((await shadow()).n).toBe(1200);
  const { rows } = await target.query(
    'SELECT checkpoint, copied::int, batches::int > 2 AS more FROM sluice_runner.ledger',
  );
  expect(rows).toEqual([{ checkpoint: '1200', copied: 1200, more: true }]);
});

it('ends the ranges that others have brought to their end since the runner died that had the run', async () => {
  await ensureRanges(work.client);
  await planRange(work.client, fenceOf(work), forwardOf(work), 5000);
  const range = await claimRange(work.client, { runId: work.run.id, holder: 'before', epoch: work.epoch });
  if (range === undefined) throw new Error('no range');
  await copyInRange(work.client, range, forwardOf(work), 5000, { gated: true });
  await copyRanges(work);
  const { rows } = await target.query(
    'SELECT copied::int, (SELECT count(*)::int FROM sluice_runner.ranges) AS ranges FROM sluice_runner.ledger',
  );
  expect(rows).toEqual([{ copied: 2000, ranges: 0 }]);
});

it('makes nothing where there is nothing to share', async () => {
  await copyRanges(work);
  await copyRanges({ ...work, sharing: { portion: 1001, invite: () => undefined } });
  expect(await hasRanges(work.client)).toBe(false);
});

it('closes the lanes when the runner is to stop', async () => {
  const stop = new AbortController();
  const invite = () => stop.abort();
  const stopped = { ...work, signal: stop.signal, sharing: { portion: 500, invite } };
  await expect(copyRanges(stopped)).rejects.toBeInstanceOf(Stopped);
  await expect(claimRange(other, { runId: work.run.id, holder: 'another' })).rejects.toThrow('asks for no other');
  expect((await shadow()).n).toBeLessThan(2000);
});
