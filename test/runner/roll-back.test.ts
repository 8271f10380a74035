import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { listEvents } from '../../registry/events.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { listVersions } from '../../registry/versions.ts';
import { defaultPatience } from '../../runner/context.ts';
import { executeRun } from '../../runner/execute.ts';
import { previewRollBack } from '../../runner/preview-roll-back.ts';
import { rollBackAlone } from '../../runner/roll-back-alone.ts';
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
  await createClaims(target, { rows: 400 });
});

async function migrate(): Promise<Run> {
  const id = await orderClaims(registry);
  await executeRun(runnerContext(registry, url), id);
  const run = await readRun(registry, id);
  if (run?.state !== 'reversing') throw new Error(`The run is ${run?.state}.`);
  return run;
}

it('says beforehand how many records were written since, what they lose, and which have no way back', async () => {
  const run = await migrate();
  expect(await previewRollBack(url, run)).toMatchObject({ written: 0, stuckCount: 0, stuck: [] });
  await target.query(`UPDATE claims SET document = document || '{"note":"since"}' WHERE id <= 50`);
  await target.query(`UPDATE claims SET document = document || '{"note":"twice"}' WHERE id <= 10`);
  await target.query('DELETE FROM claims WHERE id = 3');
  await target.query("UPDATE claims SET document = document - 'claim_id' WHERE id = 20");
  await target.query(`UPDATE claims SET document = document || '{"claim_amount":"text"}' WHERE id = 21`);
  const before = await dumpDatabase(target);
  const preview = await previewRollBack(url, run);
  expect(preview).toMatchObject({ written: 49, stuckCount: 2 });
  expect(preview.stuck.map(({ key, pointer }) => [key, pointer])).toEqual([
    ['20', ''],
    ['21', '/claim_amount'],
  ]);
  expect(preview.losses.join()).toContain('policy_number');
  expect(await dumpDatabase(target)).toEqual(before);
});

it('takes the published version back when the old records are in use again', async () => {
  const run = await migrate();
  expect(await listVersions(registry, { repository: run.repository })).toHaveLength(1);
  await steer(registry, run.id, 'rollback', 'platform-engineer');
  await executeRun(runnerContext(registry, url), run.id);
  expect(await listVersions(registry, { repository: run.repository })).toEqual([]);
  const events = await listEvents(registry, { repository: run.repository, subject: run.id });
  expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['run.rolled-back', 'version.withdrawn']);
});

it('goes back with nothing but the target database, and the registry learns of it later', async () => {
  const before = await dumpDatabase(target);
  const run = await migrate();
  await rollBackAlone(url, run.id, defaultPatience);
  await rollBackAlone(url, run.id, defaultPatience);
  expect(await dumpDatabase(target)).toEqual(before);
  expect(await listVersions(registry, { repository: run.repository })).toHaveLength(1);
  await steer(registry, run.id, 'rollback', 'platform-engineer');
  await executeRun(runnerContext(registry, url), run.id);
  expect((await readRun(registry, run.id))?.state).toBe('rolled-back');
  expect(await listVersions(registry, { repository: run.repository })).toEqual([]);
  expect(await dumpDatabase(target)).toEqual(before);
});

it('does not go back where the old table is gone, nor for a run it does not know', async () => {
  await expect(rollBackAlone(url, 'unknown', defaultPatience)).rejects.toThrow(/knows no run unknown/);
  const run = await migrate();
  await steer(registry, run.id, 'complete', 'platform-engineer');
  await executeRun(runnerContext(registry, url), run.id);
  await expect(rollBackAlone(url, run.id, defaultPatience)).rejects.toThrow(/The old table of the run .* is gone/);
});

it('carries rows back that passed unique values on to each other, more than fit into one portion', async () => {
  await target.query(`INSERT INTO claims (document) SELECT document FROM claims, generate_series(1, 3);
    ALTER TABLE claims ADD COLUMN slot text;
    UPDATE claims SET slot = 's' || id;
    CREATE UNIQUE INDEX slots ON claims (slot)`);
  const run = await migrate();
  await target.query("UPDATE claims SET slot = 'free ' || id; UPDATE claims SET slot = 's' || (id % 1600 + 1)");
  const { rows } = await target.query('SELECT id, slot FROM claims ORDER BY id');
  await steer(registry, run.id, 'rollback', 'platform-engineer');
  await executeRun(runnerContext(registry, url), run.id);
  expect((await readRun(registry, run.id))?.state).toBe('rolled-back');
  expect((await target.query('SELECT id, slot FROM claims ORDER BY id')).rows).toEqual(rows);
});
